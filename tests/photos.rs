//! Photos of all kinds through the whole press: what is said of each, how it
//! looks, and what is left of its metadata.

mod cache;

use std::fs;
use std::io::Cursor;

use image::codecs::png::PngEncoder;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use jpeg_encoder::{ColorType, Encoder};
use serde_json::json;

use crate::support::{Project, judge};

/// Left top red, right top green, left bottom blue, right bottom `last`.
fn picture(width: u32, height: u32, last: [u8; 3]) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => [200, 30, 30],
            (false, true) => [30, 150, 60],
            (true, false) => [30, 60, 160],
            (false, false) => last,
        })
    })
}

const YELLOW: [u8; 3] = [230, 200, 40];

pub(crate) fn quadrants(width: u32, height: u32, last: [u8; 3]) -> Vec<u8> {
    encoded(&picture(width, height, last).into(), ImageFormat::Png)
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn jpeg(
    data: &[u8],
    width: u32,
    height: u32,
    kind: ColorType,
    progressive: bool,
    segments: &[(u8, Vec<u8>)],
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 92);
    encoder.set_progressive(progressive);
    for (number, content) in segments {
        encoder.add_app_segment(*number, content.clone()).unwrap();
    }
    encoder.encode(data, width as u16, height as u16, kind).unwrap();
    bytes
}

/// EXIF with an orientation and a GPS position.
fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0\x2A\0\0\0\x08".to_vec();
    tiff.extend([0, 2]);
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1]);
    tiff.extend(orientation.to_be_bytes());
    tiff.extend([0, 0]);
    tiff.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
    tiff.extend([0; 4]);
    tiff.extend([0, 1, 0, 1, 0, 2, 0, 0, 0, 2, b'N', 0, 0, 0]);
    tiff.extend([0; 4]);
    tiff.extend(b"GPS-SECRET-39.1N");
    tiff
}

/// The quadrants as a camera stores them that is held in one of eight ways.
pub(crate) fn held(orientation: u16) -> Vec<u8> {
    let upright = DynamicImage::from(picture(1800, 1500, YELLOW));
    let stored = match orientation {
        2 => upright.fliph(),
        3 => upright.rotate180(),
        4 => upright.flipv(),
        5 => upright.rotate90().fliph(),
        6 => upright.rotate270(),
        7 => upright.rotate270().fliph(),
        8 => upright.rotate90(),
        _ => upright,
    };
    let segments = [(1, exif(orientation))];
    jpeg(stored.to_rgb8().as_raw(), stored.width(), stored.height(), ColorType::Rgb, false, &segments)
}

/// Display P3: its primaries with the curve of sRGB.
fn display_p3() -> Vec<u8> {
    let xy = |x: f64, y: f64| lcms2::CIExyY { x, y, Y: 1.0 };
    let primaries = lcms2::CIExyYTRIPLE { Red: xy(0.68, 0.32), Green: xy(0.265, 0.69), Blue: xy(0.15, 0.06) };
    let curve = lcms2::ToneCurve::new(2.2);
    lcms2::Profile::new_rgb(&xy(0.3127, 0.329), &primaries, &[&curve, &curve, &curve]).unwrap().icc().unwrap()
}

fn icc_segment(icc: &[u8]) -> (u8, Vec<u8>) {
    (2, [b"ICC_PROFILE\0\x01\x01", icc].concat())
}

/// The inks of the quadrants, without yellow light.
fn inks(width: u32, height: u32) -> Vec<u8> {
    let picture = picture(width, height, YELLOW);
    let of = |p: &Rgb<u8>| match p.0 {
        [200, ..] => [0, 240, 220, 10],
        [_, 150, _] => [210, 20, 230, 10],
        [_, _, 160] => [240, 190, 10, 10],
        _ => [10, 40, 220, 0],
    };
    picture.pixels().flat_map(of).collect()
}

/// A JPEG with fill bytes before each of its markers (T.81, B.1.1.2).
fn filled(jpeg: &[u8]) -> Vec<u8> {
    let mut out = jpeg[..2].to_vec();
    let mut at = 2;
    while jpeg[at + 1] != 0xDA {
        let end = at + 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        out.extend([0xFF, 0xFF]);
        out.extend(&jpeg[at..end]);
        at = end;
    }
    out.extend([0xFF, 0xFF]);
    out.extend(&jpeg[at..jpeg.len() - 2]);
    out.extend([0xFF, 0xFF, 0xFF, 0xD9]);
    out
}

fn project_with(bytes: &[u8]) -> Project {
    let project = Project::first_edition();
    project.write("data/photos/a.bin", bytes);
    project.edit("data/profiles/wang-fengrong.json", |v| v["photo"] = json!({ "file": "photos/a.bin" }));
    project
}

/// Codes that a photo brings about.
fn codes(bytes: &[u8]) -> Vec<String> {
    let (found, _) = project_with(bytes).check();
    found
        .iter()
        .map(|d| format!("{} {}", d["code"].as_str().unwrap(), d["message"]["zh"].as_str().unwrap()))
        .collect()
}

/// Builds with a photo and looks at the portrait: the brightest channel of
/// each quadrant tells its colour.
fn seen(bytes: &[u8]) -> Project {
    let project = project_with(bytes);
    project.run("build", &["--target", "screen,press,preview"]).succeeds();
    project
}

fn assert_upright(project: &Project, what: &str) {
    let page = image::open(project.path("out/preview/page-04.png")).unwrap().to_rgb8();
    let at = |x, y| page.get_pixel(x, y).0;
    // The portrait fills 123 mm by what the name leaves of 178 mm.
    let [r, g, b] = at(60, 60);
    assert!(r > 140 && g < 110 && b < 110, "{what}: left top {r} {g} {b}");
    let [r, g, b] = at(520, 60);
    assert!(g > r && g > b && g > 90, "{what}: right top {r} {g} {b}");
    let [r, g, b] = at(60, 500);
    assert!(b > r && b > g && b > 90, "{what}: left bottom {r} {g} {b}");
    let [r, g, b] = at(520, 500);
    assert!(r > 180 && g > 140 && b < 130, "{what}: right bottom {r} {g} {b}");
}

#[test]
fn all_orientations_stand_upright_and_positions_are_gone() {
    for orientation in 1..=8 {
        let bytes = held(orientation);
        assert!(bytes.windows(10).any(|w| w == b"GPS-SECRET"));
        let project = seen(&bytes);
        assert_upright(&project, &format!("orientation {orientation}"));
        for file in ["booklet.pdf", "booklet-press.pdf", "preview/page-04.png"] {
            let out = fs::read(project.path(&format!("out/{file}"))).unwrap();
            for word in [&b"GPS-SECRET"[..], b"Exif"] {
                assert!(!out.windows(word.len()).any(|w| w == word), "{file} {orientation}");
            }
        }
    }
}

#[test]
fn pictures_of_many_kinds_are_printed() {
    let plain = picture(1800, 1500, YELLOW);
    let alpha = RgbaImage::from_fn(1800, 1500, |x, y| {
        let Rgb([r, g, b]) = *plain.get_pixel(x, y);
        // Only the middle is transparent.
        let middle = (800..1000).contains(&x) && (650..850).contains(&y);
        Rgba([r, g, b, if middle { 0 } else { 255 }])
    });
    let p3 = display_p3();
    // A profile whose header is right and whose tags are not.
    let mut broken = p3.clone();
    broken[132..].fill(0xFF);
    let cmyk = inks(1800, 1500);
    let mut tiff_cmyk = Cursor::new(Vec::new());
    tiff::encoder::TiffEncoder::new(&mut tiff_cmyk)
        .unwrap()
        .write_image::<tiff::encoder::colortype::CMYK8>(1800, 1500, &cmyk)
        .unwrap();
    let plain_image = DynamicImage::from(plain.clone());
    let mut webp = Vec::new();
    image::codecs::webp::WebPEncoder::new_lossless(&mut webp)
        .write_image(plain.as_raw(), 1800, 1500, ExtendedColorType::Rgb8)
        .unwrap();
    let mut png_p3 = Vec::new();
    let mut encoder = PngEncoder::new(&mut png_p3);
    encoder.set_icc_profile(p3.clone()).unwrap();
    encoder.write_image(plain.as_raw(), 1800, 1500, ExtendedColorType::Rgb8).unwrap();
    let kinds: Vec<(&str, Vec<u8>)> = vec![
        ("baseline JPEG", jpeg(plain.as_raw(), 1800, 1500, ColorType::Rgb, false, &[])),
        ("progressive JPEG", jpeg(plain.as_raw(), 1800, 1500, ColorType::Rgb, true, &[])),
        ("Display P3 JPEG", jpeg(plain.as_raw(), 1800, 1500, ColorType::Rgb, false, &[icc_segment(&p3)])),
        (
            "JPEG with a broken profile",
            jpeg(plain.as_raw(), 1800, 1500, ColorType::Rgb, false, &[icc_segment(&broken)]),
        ),
        (
            "CMYK JPEG with a broken profile",
            jpeg(&cmyk, 1800, 1500, ColorType::Cmyk, false, &[icc_segment(&broken)]),
        ),
        ("Display P3 PNG", png_p3),
        ("JPEG with fill bytes", filled(&jpeg(plain.as_raw(), 1800, 1500, ColorType::Rgb, false, &[]))),
        ("Adobe CMYK JPEG", jpeg(&cmyk, 1800, 1500, ColorType::Cmyk, false, &[])),
        ("Adobe YCCK JPEG", jpeg(&cmyk, 1800, 1500, ColorType::CmykAsYcck, false, &[])),
        ("16-bit PNG", encoded(&plain_image.to_rgb16().into(), ImageFormat::Png)),
        ("PNG with alpha", encoded(&alpha.into(), ImageFormat::Png)),
        ("TIFF", encoded(&plain_image, ImageFormat::Tiff)),
        ("CMYK TIFF", tiff_cmyk.into_inner()),
        ("WebP", webp),
    ];
    for (what, bytes) in &kinds {
        let project = seen(bytes);
        assert_upright(&project, what);
        let press = project.path("out/booklet-press.pdf");
        let Some(list) = judge("pdfimages", &["-list", press.to_str().unwrap()]) else { continue };
        let rows: Vec<&str> = list.lines().skip(2).collect();
        assert!(rows.len() == 1 && rows[0].contains(" cmyk "), "{what}: {list}");
    }
    // Grey stays on the black plate.
    let grey = jpeg(plain_image.to_luma8().as_raw(), 1800, 1500, ColorType::Luma, false, &[]);
    let project = seen(&grey);
    let press = project.path("out/booklet-press.pdf");
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path().join("x");
    if judge("pdfimages", &["-tiff", press.to_str().unwrap(), at.to_str().unwrap()]).is_some() {
        let file = fs::File::open(dir.path().join("x-000.tif")).unwrap();
        let mut decoder = tiff::decoder::Decoder::new(file).unwrap();
        let tiff::decoder::DecodingResult::U8(pixels) = decoder.read_image().unwrap() else { panic!() };
        let pixels = pixels.as_chunks::<4>().0;
        assert!(pixels.iter().all(|[c, m, y, _]| c.max(m).max(y) <= &3), "colour in a grey photo");
        assert!(pixels.iter().any(|[.., k]| *k > 100));
    }
}

#[test]
fn unusable_photos_are_told_of_by_person() {
    let whole = quadrants(1800, 1500, YELLOW);
    let camera = held(1);
    let mut huge = encoded(&DynamicImage::new_luma8(1, 1), ImageFormat::Png);
    huge[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let crc = crc32(&huge[12..29]);
    huge[29..33].copy_from_slice(&crc.to_be_bytes());
    let heic = [&[0, 0, 0, 24][..], b"ftypheic\0\0\0\0mif1heic", &[0; 64]].concat();
    // A phone puts a small whole picture behind the large one.
    let followed = [&camera[..camera.len() / 3], &camera[..]].concat();
    let hole = [&camera[..camera.len() / 2], &camera[camera.len() / 2 + 900..]].concat();
    let cases: [(&str, &[u8], &str); 9] = [
        ("truncated JPEG before a whole one", &followed, "不完整"),
        ("JPEG with a hole", &hole, "不完整"),
        ("truncated JPEG", &camera[..camera.len() / 2], "不完整"),
        ("truncated PNG", &whole[..whole.len() / 2], "E0403"),
        ("empty file", b"", "文件是空的"),
        ("30,000 × 30,000", &huge, "两亿"),
        ("HEIC", &heic, "HEIC"),
        ("text", "不是照片".as_bytes(), "不是 JPEG"),
        ("PNG signature alone", &whole[..8], "E0403"),
    ];
    for (what, bytes, words) in cases {
        let found = codes(bytes);
        assert!(found.iter().any(|f| f.starts_with("E0403") && f.contains(words)), "{what}: {found:?}");
    }
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

#[test]
fn resolution_is_told_with_the_pixels_that_are_needed() {
    let found = codes(&quadrants(700, 600, YELLOW));
    assert!(found.iter().any(|f| f.starts_with("E0406") || f.starts_with("W0405")), "{found:?}");
    let told = found.iter().find(|f| f.contains("ppi")).unwrap();
    assert!(told.contains('×'), "{told}");
}
