//! The finished objects → bytes (ISO 32000-1, 7.5), one after the other, so that
//! no picture is in memory more often than in the file.

use std::collections::HashMap;
use std::io::{Result, Write};

use lopdf::{Document, Object, Writer};

use crate::photo::Rendition;

/// Writes a document whose objects are numbered from 1 on, with the pictures in
/// the places of their stand-ins, and says how many found none: those would be
/// printed as one pixel.
pub(super) fn written(
    document: Document,
    mut plates: HashMap<Vec<u8>, Rendition>,
    size: usize,
) -> Result<(Vec<u8>, usize)> {
    let mut pdf = Vec::with_capacity(size);
    writeln!(pdf, "%PDF-{}", document.version)?;
    // Four bytes from 128 on say that the file is no text (7.5.2).
    pdf.extend(b"%\x80\x80\x80\x80\n");
    let mut places = Vec::with_capacity(document.objects.len());
    let mut trailer = document.trailer;
    for ((id, generation), mut object) in document.objects {
        if let Object::Stream(stream) = &mut object
            && let Some(plate) = plates.remove(&stream.content)
        {
            let [width, height] = plate.size();
            stream.dict.set("Width", i64::from(width));
            stream.dict.set("Height", i64::from(height));
            stream.set_content(plate.jpeg().to_vec());
        }
        places.push(pdf.len());
        write!(pdf, "{id} {generation} obj\n{}", if Writer::need_separator(&object) { " " } else { "" })?;
        Writer::write_object(&mut pdf, &object)?;
        writeln!(pdf, "{}\nendobj", if Writer::need_end_separator(&object) { " " } else { "" })?;
    }
    let start = pdf.len();
    writeln!(pdf, "xref\n0 {}\n{:010} 65535 f ", places.len() + 1, 0)?;
    for place in &places {
        writeln!(pdf, "{place:010} 00000 n ")?;
    }
    trailer.set("Size", places.len() as i64 + 1);
    pdf.extend(b"trailer\n");
    Writer::write_object(&mut pdf, &Object::Dictionary(trailer))?;
    write!(pdf, "\nstartxref\n{start}\n%%EOF")?;
    Ok((pdf, plates.len()))
}
