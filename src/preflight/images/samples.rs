//! Samples of pictures as bytes (ISO 32000-1, 8.9.3 and 8.9.5.2).

use std::borrow::Cow;

/// Samples of any width as bytes; rows start on a byte. Indices keep their
/// value, others are spread over the byte.
pub(super) fn unpack(data: Cow<[u8]>, row: usize, rows: usize, bits: u8, indexed: bool) -> Vec<u8> {
    match bits {
        8 => data.into_owned(),
        16 => data.iter().step_by(2).copied().collect(),
        1 | 2 | 4 => {
            let bits = usize::from(bits);
            let most = (1_u16 << bits) - 1;
            let stride = (row * bits).div_ceil(8);
            let sample = |line: &[u8], i: usize| {
                let at = i * bits;
                let byte = u16::from(line.get(at / 8).copied().unwrap_or(0));
                let value = byte >> (8 - bits - at % 8) & most;
                (if indexed { value } else { value * 255 / most }) as u8
            };
            let lines = data.chunks(stride.max(1)).take(rows);
            lines.flat_map(|line| (0..row).map(move |i| sample(line, i))).collect()
        }
        _ => vec![],
    }
}

/// Applies `Decode`: pairs of what the least and the greatest sample of a
/// channel mean.
pub(super) fn decode(samples: &mut [u8], ranges: &[f32], channels: usize, indexed: bool, bits: u8) {
    if ranges.len() < 2 * channels || channels == 0 {
        return;
    }
    let greatest = if indexed { ((1_u32 << bits.min(8)) - 1) as f32 } else { 255.0 };
    let scale = if indexed { 1.0 } else { 255.0 };
    let plain = |pair: &[f32]| pair[0] == 0.0 && pair[1] * scale == greatest;
    if ranges.chunks_exact(2).all(plain) {
        return;
    }
    let tables: Vec<[u8; 256]> = ranges
        .chunks_exact(2)
        .take(channels)
        .map(|pair| {
            let value = |sample: usize| pair[0] + sample as f32 / greatest * (pair[1] - pair[0]);
            std::array::from_fn(|sample| (value(sample) * scale).round().clamp(0.0, 255.0) as u8)
        })
        .collect();
    for pixel in samples.chunks_mut(channels) {
        for (sample, table) in pixel.iter_mut().zip(&tables) {
            *sample = table[usize::from(*sample)];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_become_bytes_row_by_row() {
        assert_eq!(
            unpack(Cow::Borrowed(&[0b1010_0000, 0b0100_0000]), 3, 2, 1, false),
            [255, 0, 255, 0, 255, 0]
        );
        assert_eq!(unpack(Cow::Borrowed(&[0xF0]), 2, 1, 4, false), [255, 0]);
        assert_eq!(unpack(Cow::Borrowed(&[0xF0]), 2, 1, 4, true), [15, 0]);
        assert_eq!(unpack(Cow::Borrowed(&[7, 1, 9, 2]), 2, 1, 16, false), [7, 9]);
    }

    #[test]
    fn decode_turns_and_narrows() {
        let mut samples = [0, 255, 51];
        decode(&mut samples, &[1.0, 0.0], 1, false, 8);
        assert_eq!(samples, [255, 0, 204]);
        let mut indices = [0, 1];
        decode(&mut indices, &[1.0, 0.0], 1, true, 1);
        assert_eq!(indices, [1, 0]);
    }
}
