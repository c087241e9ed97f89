//! What is made of pictures of many kinds, by their pixels.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::*;

/// A grey or coloured picture with something in every block.
fn pixels(width: u32, height: u32, channels: u32) -> Vec<u8> {
    let value = |i: u32| {
        let (x, y, c) = (i / channels % width, i / channels / width, i % channels);
        (x * 7 + y * 5 + c * 60 + (x * y) % 31) as u8
    };
    (0..width * height * channels).map(value).collect()
}

#[derive(Debug, Clone, Copy)]
struct Coding {
    kind: ColorType,
    sampling: SamplingFactor,
    progressive: bool,
    restart: u16,
    optimized: bool,
}

fn coded(width: u32, height: u32, coding: Coding) -> Vec<u8> {
    let channels = match coding.kind {
        ColorType::Luma => 1,
        ColorType::Rgb => 3,
        _ => 4,
    };
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 85);
    encoder.set_sampling_factor(coding.sampling);
    encoder.set_progressive(coding.progressive);
    encoder.set_optimized_huffman_tables(coding.optimized);
    encoder.set_restart_interval(coding.restart);
    encoder.encode(&pixels(width, height, channels), width as u16, height as u16, coding.kind).unwrap();
    bytes
}

fn codings() -> Vec<Coding> {
    let mut all = Vec::new();
    for kind in [ColorType::Luma, ColorType::Rgb, ColorType::Cmyk, ColorType::CmykAsYcck] {
        for sampling in [SamplingFactor::R_4_4_4, SamplingFactor::R_4_2_0, SamplingFactor::R_4_2_2] {
            for (progressive, restart) in [(false, 0), (false, 3), (true, 0)] {
                let optimized = !progressive && restart == 0;
                all.push(Coding { kind, sampling, progressive, restart, optimized });
            }
        }
    }
    all
}

#[test]
fn whole_jpegs_are_whole() {
    for coding in codings() {
        for (width, height) in [(1, 1), (7, 9), (16, 16), (33, 17), (120, 95)] {
            assert!(jpeg::is_whole(&coded(width, height, coding)), "{coding:?} {width} × {height}");
        }
    }
}

/// A decoder shows grey or noise where data are missing, and says nothing.
#[test]
fn holes_in_jpegs_are_told() {
    let (mut damaged, mut missed) = (0, 0);
    for coding in codings() {
        let whole = coded(240, 190, coding);
        let length = whole.len();
        let start = whole.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap() + 14;
        for part in 1..12 {
            let at = start + (length - start - 2) * part / 12;
            // A block or two may be lost where the codes fall into step again.
            for hole in [150, 600] {
                let end = (at + hole).min(length - 2);
                let zeros = [&whole[..at], &vec![0; end - at], &whole[end..]].concat();
                let cut = [&whole[..at], &whole[end..]].concat();
                let ended = [&whole[..at], &[0xFF, 0xD9]].concat();
                let doubled = [&whole[..end], &whole[at..]].concat();
                for file in [zeros, cut, ended, doubled] {
                    damaged += 1;
                    missed += usize::from(jpeg::is_whole(&file));
                }
            }
        }
    }
    assert!(missed * 50 < damaged, "{missed} of {damaged} were missed");
}

/// The mean of each channel of what is made for the screen.
fn mean(picture: &Picture) -> [u32; 3] {
    let limits = Limits { width: 64, height: 64 };
    let how = How { crop: Crop::WHOLE, limits, ground: Ground::paper(), kind: Kind::Shown };
    let shown = develop(picture, &how, &Output::embedded()).unwrap();
    let pixels = decode(shown.jpeg()).unwrap().pixels;
    let pixels = pixels.as_chunks::<3>().0;
    let sum = |channel: usize| pixels.iter().map(|p| u32::from(p[channel])).sum::<u32>();
    [0, 1, 2].map(|channel| sum(channel) / pixels.len() as u32)
}

/// A PNG of one colour that says something of it in a chunk.
fn png(colour: png::ColorType, value: &[u8], said: Option<(png::chunk::ChunkType, &[u8])>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 8, 8);
    encoder.set_color(colour);
    let mut writer = encoder.write_header().unwrap();
    if let Some((kind, content)) = said {
        writer.write_chunk(kind, content).unwrap();
    }
    writer.write_image_data(&value.repeat(64)).unwrap();
    writer.finish().unwrap();
    bytes
}

#[test]
fn a_png_says_in_few_words_what_its_colours_are() {
    use png::chunk::{cICP, gAMA};
    let green = [40, 200, 40];
    let seen = |said: Option<(png::chunk::ChunkType, &[u8])>| {
        let bytes = png(png::ColorType::Rgb, &green, said);
        assert!(!header(&bytes).unwrap().unknown_colours);
        mean(&decode(&bytes).unwrap())
    };
    let plain = seen(None);
    let p3 = seen(Some((cICP, &[12, 13, 0, 1])));
    assert!(p3[0] + 10 < plain[0], "P3 green is greener: {p3:?}, {plain:?}");
    let gamma = |hundred_thousandths: u32| hundred_thousandths.to_be_bytes();
    let linear = seen(Some((gAMA, &gamma(100_000))));
    assert!(linear[0] > plain[0] + 40, "light itself is brighter: {linear:?}, {plain:?}");
    assert_eq!(seen(Some((gAMA, &gamma(45_455)))), plain);
    let hdr = png(png::ColorType::Rgb, &green, Some((cICP, &[9, 16, 0, 1])));
    assert!(header(&hdr).unwrap().unknown_colours, "PQ is told");
    let grey = |said| mean(&decode(&png(png::ColorType::Grayscale, &[128], said)).unwrap())[0];
    assert!(grey(Some((gAMA, &gamma(100_000)))) > grey(None) + 40);
}

/// Ink of the black plate of a picture's first pixel.
fn black(bytes: &[u8]) -> u8 {
    let limits = Limits { width: 8, height: 8 };
    let kind = Kind::Plate { total: 300.0 };
    let how = How { crop: Crop::WHOLE, limits, ground: Ground::paper(), kind };
    let plate = develop(&decode(bytes).unwrap(), &how, &Output::embedded()).unwrap();
    decode(plate.jpeg()).unwrap().pixels[3]
}

#[test]
fn a_grey_picture_goes_through_its_profile() {
    let with = |curve: Option<lcms2::ToneCurve>| {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 95);
        if let Some(curve) = curve {
            let white = lcms2::CIExyY { x: 0.3457, y: 0.3585, Y: 1.0 };
            let icc = lcms2::Profile::new_gray(&white, &curve).unwrap().icc().unwrap();
            encoder.add_icc_profile(&icc).unwrap();
        }
        encoder.encode(&[128; 64], 8, 8, ColorType::Luma).unwrap();
        bytes
    };
    let [plain, linear, steep] =
        [None, Some(1.0), Some(3.0)].map(|gamma| with(gamma.map(lcms2::ToneCurve::new)));
    assert!(black(&linear) + 20 < black(&plain), "{} {}", black(&linear), black(&plain));
    assert!(black(&plain) + 20 < black(&steep), "{} {}", black(&plain), black(&steep));
    assert!(mean(&decode(&linear).unwrap())[0] > mean(&decode(&steep).unwrap())[0] + 80);
    // Dot gain of 20 %: a tint of half its area takes up 70 % of the light.
    let gain = |tint: f64| tint + 0.8 * tint * (1.0 - tint);
    let table: Vec<u16> =
        (0..=255).map(|i| ((1.0 - gain(1.0 - f64::from(i) / 255.0)) * 65535.0) as u16).collect();
    let printed = with(Some(lcms2::ToneCurve::new_tabulated(&table)));
    assert_ne!(black(&printed), black(&plain));
}

/// Exif with a colour space, and an interoperability rule if one is given.
fn exif(space: u16, rule: Option<&[u8; 4]>) -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0\x2A\0\0\0\x08".to_vec();
    tiff.extend([0, 1, 0x87, 0x69, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0]);
    tiff.extend([0, 1 + u8::from(rule.is_some()), 0xA0, 0x01, 0, 3, 0, 0, 0, 1]);
    tiff.extend(space.to_be_bytes());
    tiff.extend([0, 0]);
    if let Some(rule) = rule {
        tiff.extend([0xA0, 0x05, 0, 4, 0, 0, 0, 1, 0, 0, 0, 56, 0, 0, 0, 0]);
        tiff.extend([0, 1, 0, 1, 0, 2, 0, 0, 0, 4]);
        tiff.extend(rule);
    }
    tiff.extend([0, 0, 0, 0]);
    tiff
}

#[test]
fn a_camera_says_adobe_rgb_in_its_notes() {
    let with = |notes: Option<Vec<u8>>| {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 95);
        if let Some(notes) = notes {
            encoder.add_app_segment(1, notes).unwrap();
        }
        encoder.encode(&[60, 200, 60].repeat(64), 8, 8, ColorType::Rgb).unwrap();
        bytes
    };
    let plain = mean(&decode(&with(None)).unwrap());
    assert_eq!(mean(&decode(&with(Some(exif(1, None)))).unwrap()), plain);
    for notes in [exif(0xFFFF, Some(b"R03\0")), exif(2, None)] {
        let adobe = with(Some(notes));
        assert!(!header(&adobe).unwrap().unknown_colours);
        assert!(mean(&decode(&adobe).unwrap())[0] + 10 < plain[0], "a wider green has no red");
    }
    assert!(header(&with(Some(exif(0xFFFF, None)))).unwrap().unknown_colours);
    assert!(header(&with(Some(exif(0xFFFF, Some(b"R98\0"))))).unwrap().unknown_colours);
}

/// The loudest picture there is comes within the limit, and soon.
#[test]
fn noise_stays_within_the_ink_limit() {
    let mut state = 0x2545_F491_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as u8
    };
    for depth in [255, 80] {
        let noise: Vec<u8> = (0..160 * 160 * 4).map(|_| next().max(255 - depth)).collect();
        let mut bytes = Vec::new();
        Encoder::new(&mut bytes, 100).encode(&noise, 160, 160, ColorType::Cmyk).unwrap();
        let limits = Limits { width: 160, height: 160 };
        let kind = Kind::Plate { total: 280.0 };
        let how = How { crop: Crop::WHOLE, limits, ground: Ground::paper(), kind };
        let plate = develop(&decode(&bytes).unwrap(), &how, &Output::embedded()).unwrap();
        let pixels = decode(plate.jpeg()).unwrap().pixels;
        let sums = pixels.as_chunks::<4>().0.iter().map(|p| p.iter().map(|v| u32::from(*v)).sum::<u32>());
        let most = sums.max().unwrap();
        assert!(f64::from(most) <= 280.0 * 2.55, "{most} with {depth}");
    }
}

/// What is made of the largest pictures needs no memory that others hold, nor
/// that they hold themselves.
#[test]
fn a_picture_that_takes_all_memory_is_developed() {
    let picture = decode::jpeg(&coded(40, 40, codings()[12]), |_| budget::Share::of(1 << 40)).unwrap();
    let limits = Limits { width: 40, height: 40 };
    let kind = Kind::Plate { total: 300.0 };
    let how = How { crop: Crop::WHOLE, limits, ground: Ground::paper(), kind };
    assert!(develop(&picture, &how, &Output::embedded()).is_some());
}
