//! Pages made with one known fault or none, a line each: what must be said of
//! them. `A|B`: either will do; `E07`: any error of the preflight; nothing: it
//! is sound.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::judged;
use super::made::{Made, page, stream};

/// Overprinting, in overprint mode 1 and 0, and blending.
const OVER: &str = "/ExtGState << /O << /OP true /op true /OPM 1 >> /Z << /OP true /op true /OPM 0 >> >>";
/// Ground of 300 %.
const GROUND: &str = "1 1 1 0 k 200 300 200 200 re f ";
const TINT: &str = "<< /FunctionType 2 /N 1 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0 0 1] >>";
const TINT2: &str = "<< /FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1 0 1] /Length 11 >>\nstream\n{0 0 0 0}  \nendstream";

fn blend(mode: &str) -> String {
    format!("/ExtGState << /B << /BM /{mode} >> >>")
}

/// A stream of a picture with its entries.
fn image(entries: &str, data: &[u8]) -> Vec<u8> {
    stream(&format!("/Type /XObject /Subtype /Image {entries}"), data)
}

/// Shows the picture of object 9001 over a square of the page.
fn shown(place: &str, object: Vec<u8>) -> Made {
    page(&format!("q {place} cm /X Do Q")).with("/XObject << /X 9001 0 R >>").object(object)
}

fn tiling(paint: u8, content: &str) -> Vec<u8> {
    stream(
        &format!(
            "/Type /Pattern /PatternType 1 /PaintType {paint} /TilingType 1 /BBox [0 0 10 10] /XStep 10 /YStep 10 /Resources << {OVER} >>"
        ),
        content,
    )
}

fn axial(space: &str, from: &str, to: &str) -> String {
    let function = format!("<< /FunctionType 2 /N 1 /Domain [0 1] /C0 [{from}] /C1 [{to}] >>");
    format!(
        "<< /ShadingType 2 /ColorSpace {space} /Coords [200 0 400 0] /Extend [true true] /Function {function} >>"
    )
}

fn separation(name: &str) -> String {
    format!("[/Separation /{name} /DeviceCMYK {TINT}]")
}

/// A font whose only glyph, a, is this content.
fn type3(content: &str) -> Made {
    page("BT /T 40 Tf 200 400 Td 0 0.5 0 0 k (a) Tj ET")
        .with("/Font << /T << /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 97 /Widths [1000] /Encoding << /Type /Encoding /Differences [97 /a] >> /CharProcs << /a 9001 0 R >> >> >>")
        .object(stream("", content))
}

fn form(entries: &str, content: &str) -> Vec<u8> {
    stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 700 900] {entries}"), content)
}

/// Samples of a picture, one colour.
fn samples(colour: &[u8], count: usize) -> Vec<u8> {
    colour.iter().copied().cycle().take(colour.len() * count).collect()
}

/// 300 ppi that hardly get smaller.
fn deflated_picture() -> Vec<u8> {
    let mut seed = 1_u32;
    let noise: Vec<u8> = (0..1000 * 700 * 4)
        .map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8 / 4
        })
        .collect();
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, &noise).unwrap();
    image(
        "/Width 1000 /Height 700 /BitsPerComponent 8 /ColorSpace /DeviceCMYK /Filter /FlateDecode",
        &encoder.finish().unwrap(),
    )
}

fn nested(levels: usize, innermost: &str) -> Made {
    let mut made = page("/X Do").with("/XObject << /X 9001 0 R >>");
    for level in 1..levels {
        let resources = format!("/Resources << /XObject << /X {} 0 R >> >>", 9001 + level);
        made = made.object(form(&resources, "/X Do"));
    }
    made.object(form("", innermost))
}

fn rows() -> Vec<(&'static str, &'static str, Made)> {
    let font = "BT /F0 ";
    let sep = separation("Black");
    let devicen = |names: &str| format!("[/DeviceN [{names}] /DeviceCMYK 9001 0 R]");
    let uncoloured =
        "/ColorSpace << /P [/Pattern /DeviceRGB] /Q [/Pattern /DeviceCMYK] >> /Pattern << /X 9001 0 R >>";
    let heavy_half: Vec<u8> = (0..400 * 400)
        .flat_map(|i| if i % 400 < 200 { [20, 20, 0, 0] } else { [255, 255, 255, 204] })
        .collect();
    let faint = |entries: &str, data: Vec<u8>| {
        image(&format!("/Width 400 /Height 400 /BitsPerComponent 8 {entries}"), &data)
    };
    let mut rows: Vec<(&'static str, &'static str, Made)> = vec![
        ("nothing wrong", "", page("1 0 0 0 k 200 300 100 100 re f")),
        ("C08 registration colour", "E0736", page("/A cs 1 scn 200 300 100 100 re f").with(&format!("/ColorSpace << /A {} >>", separation("All")))),
        ("C08 registration marks outside", "", page("1 0 0 0 k 200 300 100 100 re f /A CS 1 SCN 1 w 300 -9 m 300 -3 l S").with(&format!("/ColorSpace << /A {} >>", separation("All")))),
        ("C23 uncoloured, RGB", "E0716", page("/P cs 1 0 0 /X scn 200 300 100 100 re f").with(uncoloured).object(tiling(2, "0 0 5 5 re f"))),
        ("C23 uncoloured, CMYK", "", page("/Q cs 1 0 0 0 /X scn 200 300 100 100 re f").with(uncoloured).object(tiling(2, "0 0 5 5 re f"))),
        ("C24 glyph in RGB", "E0716", type3("1000 0 d0 1 0 0 rg 0 0 500 500 re f")),
        ("a glyph without colour", "", type3("1000 0 0 0 1000 1000 d1 1 0 0 rg 0 0 500 500 re f")),
        ("C46 RGB outside the bleed", "E0716", page("1 0 0 0 k 200 300 100 100 re f 1 0 0 rg 0 0 1 -20 re f 700 900 10 10 re f")),
        ("O07 white in DeviceN overprints", "E0724", page(&format!("{GROUND} /O gs /N cs 0 0 0 0 scn {font} 30 Tf 210 400 Td <00010002> Tj ET")).with(&format!("{OVER} /ColorSpace << /N {} >>", devicen("/Cyan /Magenta /Yellow /Black"))).object(TINT2)),
        ("white in Separation overprints", "E0724", page(&format!("{GROUND} /O gs /S cs 0 scn 210 310 50 50 re f")).with(&format!("{OVER} /ColorSpace << /S {sep} >>"))),
        ("O10 gray overprints", "E0723", page(&format!("{GROUND} /O gs 0.5 g 210 310 50 50 re f")).with(OVER)),
        ("O16 outline knocks out", "E0721|E0722", page(&format!("/O gs 0 0 0 1 k 0 0 0 1 K {font} 10 Tf 2 Tr 1 w 200 400 Td <00010002> Tj ET")).with("/ExtGState << /O << /OP false /op true /OPM 1 >> >>")),
        ("O22 white by uncoloured tiling", "E0724", page(&format!("{GROUND} /O gs /Q cs 0 0 0 0 /X scn 210 310 50 50 re f")).with(&format!("{OVER} {uncoloured}")).object(tiling(2, "/O gs 0 0 5 5 re f"))),
        ("L05 hairline in a glyph", "W0727", type3("1000 0 d0 0 1 0 0 K 2 w 0 0 m 500 500 l S")),
        ("L07 flat matrix", "W0727", page("q 10 0 0 0.1 0 0 cm 0 1 0 0 K 1 w 20 3000 m 40 3000 l S Q")),
        ("L10 tall matrix, upright", "W0727", page("q 0.1 0 0 10 0 0 cm 0 1 0 0 K 1 w 2000 30 m 2000 50 l S Q")),
        ("tall matrix, level", "", page("q 0.1 0 0 10 0 0 cm 0 1 0 0 K 1 w 2000 30 m 4000 30 l S Q")),
        ("L11 thin outline", "W0727", page(&format!("0 1 0 0 K 0.05 w {font} 30 Tf 1 Tr 200 400 Td <00010002> Tj ET"))),
        ("L16 box in seven points", "W0727", page("0 1 0 0 k 200 300 m 200 300 l 300 300 l 300 300.1 l 200 300.1 l 200 300 l h f")),
        ("L17 rules in one path", "E0722", page("0 0 0 1 k 200 300 100 1 re 200 310 100 1 re 200 320 100 1 re f")),
        ("turned hairline", "W0727", page("q 0.7 0.7 -0.7 0.7 300 300 cm 0 1 0 0 k 0 0 100 0.1 re f Q")),
        ("F03 only invisible text", "", page("1 0 0 0 k 200 300 100 100 re f BT /H 10 Tf 3 Tr 200 400 Td (a) Tj ET").with("/Font << /H << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>")),
        ("not embedded and seen", "E0715", page("BT /H 10 Tf 0 1 0 0 k 200 400 Td (a) Tj ET").with("/Font << /H << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>")),
        ("F05 font of garbage", "E0715|E0735", page("BT /H 10 Tf 0 1 0 0 k 200 400 Td (a) Tj ET").with("/Font << /H << /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Foo /FontDescriptor << /Type /FontDescriptor /FontName /ABCDEF+Foo /Flags 4 /FontFile2 9001 0 R >> >> >>").object(stream("", "garbage garbage"))),
        ("F07 Courier", "W0737", page("BT /H 10 Tf 0 1 0 0 k 200 400 Td (a) Tj ET").with("/Font << /H << /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+CourierNew /FontDescriptor << /Type /FontDescriptor /FontName /ABCDEF+CourierNew /Flags 4 /FontFile2 9001 0 R >> >> >>").object(stream("", "garbage garbage"))),
        ("X04 Multiply makes 400 %", "E0729", page("1 1 0 0 k 200 300 200 200 re f /B gs 0 0 1 1 k 210 310 100 100 re f").with(&blend("Multiply"))),
        ("X06 unknown blend mode", "E07|W07", page("/B gs 0 0 1 0 k 210 310 100 100 re f").with(&blend("Foo"))),
        ("X08 white multiplies", "W0743", page("1 1 0 0 k 200 300 200 200 re f /B gs 0 0 0 0 k 210 310 100 100 re f").with(&blend("Multiply"))),
        ("I07 heavy gradient", "E0729", page("q 200 300 200 200 re W n /S sh Q").with(&format!("/Shading << /S {} >>", axial("/DeviceCMYK", "1 1 1 1", "1 1 1 0.8")))),
        ("heavy radial", "E0729", page("q 200 300 200 200 re W n /S sh Q").with("/Shading << /S << /ShadingType 3 /ColorSpace /DeviceCMYK /Coords [300 400 0 300 400 90] /Extend [true true] /Function << /FunctionType 2 /N 1 /Domain [0 1] /C0 [1 1 1 1] /C1 [0 0 0 0] >> >> >>")),
        ("a light gradient", "", page("q 200 300 200 200 re W n /S sh Q").with(&format!("/Shading << /S {} >>", axial("/DeviceCMYK", "0.1 0 0 0", "0.5 0 0 0")))),
        ("I09 heavy half cropped away", "", page("q 200 300 44 90 re W n 90 0 0 90 200 300 cm /X Do Q").with("/XObject << /X 9001 0 R >>").object(faint("/ColorSpace /DeviceCMYK", heavy_half.clone()))),
        ("heavy half shown", "E0729", shown("90 0 0 90 200 300", faint("/ColorSpace /DeviceCMYK", heavy_half))),
        ("heavy entries that nobody uses", "", shown("90 0 0 90 200 300", faint("/ColorSpace [/Indexed /DeviceCMYK 1 <0010000FFFFFFFFF>]", samples(&[0], 160_000)))),
        ("I17 DeviceN over DeviceN", "E0729", page("/O gs /B cs 1 1 scn 200 300 100 100 re f /A cs 1 1 scn 200 300 100 100 re f").with(&format!("{} /ColorSpace << /A {} /B {} >>", OVER.replace("/OPM 1", "/OPM 0"), devicen("/Cyan /Magenta"), devicen("/Yellow /Black"))).object(TINT2)),
        ("I18 tint gradient over 300 %", "E0729", page(&format!("{GROUND} q /O gs 200 300 100 100 re W n /S sh Q")).with(&format!("{OVER} /Shading << /S {} >>", axial(&sep, "1", "0.9")))),
        ("I24 duotone over 300 %", "E0729", page(&format!("{GROUND} q /O gs 90 0 0 90 210 310 cm /X Do Q")).with(&format!("{OVER} /XObject << /X 9001 0 R >>")).object(faint(&format!("/ColorSpace {sep}"), samples(&[255], 160_000)))),
        ("duotone that knocks out", "", page(&format!("{} q 90 0 0 90 210 310 cm /X Do Q", GROUND.replace("1 1 1 0", "1 0.5 0.5 0"))).with("/XObject << /X 9001 0 R >>").object(faint(&format!("/ColorSpace {sep}"), samples(&[128], 160_000)))),
        ("R06 one pixel", "", shown("90 0 0 90 200 300", image("/Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceCMYK", &[50, 0, 0, 0]))),
        ("B28 gradient stops at the trim", "E0712", page("q 8.5 8.5 300 807.87 re W n /S sh Q").with(&format!("/Shading << /S {} >>", axial("/DeviceCMYK", "0.5 0 0 0", "0.6 0 0 0")))),
        ("gradient with bleed", "", page("q 0 0 700 900 re W n /S sh Q").with(&format!("/Shading << /S {} >>", axial("/DeviceCMYK", "0.5 0 0 0", "0.6 0 0 0")))),
        ("B29 tiling stops at the trim", "E0712", page("/Pattern cs /X scn 8.5 8.5 300 807.87 re f").with("/Pattern << /X 9001 0 R >>").object(tiling(1, "0.5 0 0 0 k 0 0 10 10 re f"))),
        ("dots with bleed", "", page("/Pattern cs /X scn 0 0 700 900 re f").with("/Pattern << /X 9001 0 R >>").object(tiling(1, "0.5 0 0 0 k 0 0 4 4 re f"))),
        ("B34 thin rule to the trim", "W0742", page("0 1 0 0 k 300 400 303.78 0.5 re f")),
        ("B35 DeviceN picture to the trim", "E0712", shown("303.78 0 0 400 300 300", image("/Width 1300 /Height 1700 /BitsPerComponent 8 /ColorSpace [/DeviceN [/Cyan /Black] /DeviceCMYK 9002 0 R]", &samples(&[60, 10], 1300 * 1700))).object(TINT2)),
        ("B36 Indexed picture to the trim", "E0712", shown("303.78 0 0 400 300 300", image("/Width 1300 /Height 1700 /BitsPerComponent 8 /ColorSpace [/Indexed /DeviceCMYK 0 <40200000>]", &samples(&[0], 1300 * 1700)))),
        ("B38 only a gradient", "", page("q 0 0 700 900 re W n /S sh Q").with(&format!("/Shading << /S {} >>", axial("/DeviceCMYK", "0.5 0 0 0", "0.5 0 0 0")))),
        ("B39 only a tiling", "", page("/Pattern cs /X scn 200 300 100 100 re f").with("/Pattern << /X 9001 0 R >>").object(tiling(1, "0.5 0 0 0 k 0 0 10 10 re f"))),
        ("an Indexed picture alone", "", shown("90 0 0 90 200 300", faint("/ColorSpace [/Indexed /DeviceCMYK 0 <40200000>]", samples(&[0], 160_000)))),
        ("A02 annotation outside the bleed", "", page("1 0 0 0 k 200 300 100 100 re f").entry("/Annots [<< /Type /Annot /Subtype /Text /Rect [700 900 720 920] >>]")),
        ("annotation on the page", "E0719", page("1 0 0 0 k 200 300 100 100 re f").entry("/Annots [<< /Type /Annot /Subtype /Text /Rect [100 100 120 120] >>]")),
        ("S46 TR Identity", "E0720", page("/T gs 1 0 0 0 k 200 300 100 100 re f").with("/ExtGState << /T << /TR /Identity >> >>")),
        ("TR2 Default", "", page("/T gs 1 0 0 0 k 200 300 100 100 re f").with("/ExtGState << /T << /TR2 /Default >> >>")),
        ("S47 HalftoneName", "E0720", page("/T gs 1 0 0 0 k 200 300 100 100 re f").with("/ExtGState << /T << /HT << /Type /Halftone /HalftoneType 1 /HalftoneName (x) /Frequency 60 /Angle 45 /SpotFunction /Round >> >> >>")),
        ("S49 HTP", "E0720", page("/T gs 1 0 0 0 k 200 300 100 100 re f").with("/ExtGState << /T << /HTP [0 0] >> >>")),
        ("S56 unknown operator", "E0735", page("1 0 0 0 k 200 300 100 100 re f foo")),
        ("S57 unknown operator in BX EX", "E0735", page("1 0 0 0 k 200 300 100 100 re f BX foo EX")),
        ("S62 q without Q", "E0735", page("q q q 1 0 0 0 k 200 300 100 100 re f")),
        ("Q without q", "E0735", page("1 0 0 0 k 200 300 100 100 re f Q")),
        ("S66 empty page", "W0713", page("")),
        ("S82 thirty forms deep", "E0716|E0735", nested(30, "1 0 0 rg 200 300 100 100 re f")),
        ("ninety forms deep", "E0716", nested(90, "1 0 0 rg 200 300 100 100 re f")),
        ("deeper than is read", "E0746", nested(140, "1 0 0 0 k 200 300 100 100 re f")),
        ("a form in itself", "E0746", page("1 0 0 0 k 200 300 100 100 re f /X Do").with("/XObject << /X 9001 0 R >>").object(form("/Resources << /XObject << /X 9001 0 R >> >>", "/X Do"))),
        ("M06 heavy only in a mask", "", page("/M gs 0.5 0 0 0 k 200 300 100 100 re f").with("/ExtGState << /M << /SMask << /S /Luminosity /G 9001 0 R >> >> >>").object(form("/Group << /S /Transparency /CS /DeviceCMYK >>", "1 1 1 1 k 200 300 50 100 re f 0 0 0 0 k 250 300 50 100 re f"))),
        ("gray in a mask", "", page("/M gs 0.5 0 0 0 k 200 300 100 100 re f").with("/ExtGState << /M << /SMask << /S /Luminosity /G 9001 0 R >> >> >>").object(form("/Group << /S /Transparency /CS /DeviceGray >>", "1 g 200 300 100 100 re f"))),
        ("M15 a colour overprints", "W0738", page("0 1 0 0 k 200 300 200 200 re f /O gs 1 0 0 0 k 210 310 50 50 re f").with(OVER)),
        ("a colour overprints paper", "", page("/O gs 1 0 0 0 k 210 310 50 50 re f").with(OVER)),
        ("M16 unknown intent", "W0744", page("/Foo ri 1 0 0 0 k 200 300 100 100 re f")),
        ("M16 unknown intent in a state", "E07|W07", page("/T gs 1 0 0 0 k 200 300 100 100 re f").with("/ExtGState << /T << /RI /Foo >> >>")),
        ("M22 small reversed text", "W0739", page(&format!("0.7 0.6 0.6 0.5 k 190 380 200 60 re f 0 0 0 0 k {font} 5 Tf 200 400 Td <00010002> Tj ET"))),
        ("M25 tiny text", "W0740", page(&format!("0 1 0 0 k {font} 3 Tf 200 400 Td <00010002> Tj ET"))),
        ("240 % multiplied by 240 %", "E0729|W0728", page("0.6 0.6 0.6 0.6 k 200 300 200 200 re f /B gs 0.6 0.6 0.6 0.6 k 210 310 100 100 re f").with(&blend("Multiply"))),
        ("Screen lightens 400 %", "E0729", page("1 1 1 1 k 200 300 200 200 re f /B gs 0 0 0 0 k 210 310 100 100 re f").with(&blend("Screen"))),
        ("ColorBurn", "E0729", page("0.9 0.9 0.9 0.9 k 200 300 200 200 re f /B gs 0.9 0.9 0.9 0.9 k 210 310 100 100 re f").with(&blend("ColorBurn"))),
        ("overprint that a group takes away", "", page("1 1 0 0 k 200 300 200 200 re f /X Do").with("/XObject << /X 9001 0 R >>").object(form(&format!("/Group << /S /Transparency /CS /DeviceCMYK /I true >> /Resources << {OVER} >>"), "/O gs 0 0 0 1 k 210 310 100 100 re f"))),
        ("the same without a group", "E0729", page(&format!("{GROUND} /X Do")).with("/XObject << /X 9001 0 R >>").object(form(&format!("/Resources << {OVER} >>"), "/O gs 0 0 0 1 k 210 310 100 100 re f"))),
        ("a picture masked away in the bleed", "E0712", shown("312.28 0 0 400 300 300", image("/Width 1300 /Height 1700 /BitsPerComponent 8 /ColorSpace /DeviceCMYK /SMask 9002 0 R", &samples(&[60, 10, 0, 0], 1300 * 1700))).object(image("/Width 1300 /Height 1700 /BitsPerComponent 8 /ColorSpace /DeviceGray", &(0..1300 * 1700).map(|i| if i % 1300 < 1262 { 255 } else { 0 }).collect::<Vec<_>>()))),
        ("R08 coarse mask", "W0741", shown("90 0 0 90 200 300", faint("/ColorSpace /DeviceCMYK /SMask 9002 0 R", samples(&[60, 10, 0, 0], 160_000))).object(image("/Width 25 /Height 25 /BitsPerComponent 8 /ColorSpace /DeviceGray", &(0..625).map(|i| (i % 251) as u8).collect::<Vec<_>>()))),
        ("a spot named in GBK", "E0717", page("/S cs 1 scn 200 300 50 50 re f").with(&format!("/ColorSpace << /S {} >>", separation("#D7A8#BA#EC")))),
        ("a path without a start", "E0735", page("0 1 0 0 k 0 0 9 9 re f 100 100 l 300 300 l f")),
        ("a picture without width", "E0735", shown("90 0 0 90 200 300", image("/Width 0 /Height 400 /BitsPerComponent 8 /ColorSpace /DeviceCMYK", &[]))),
        ("a tint that stands for RGB", "E0716", page("/S cs 1 scn 200 300 50 50 re f").with("/ColorSpace << /S [/Separation /Black /DeviceRGB << /FunctionType 2 /N 1 /Domain [0 1] /C0 [1 1 1] /C1 [0 0 0] >>] >>")),
        ("a large deflated picture", "", shown("240 0 0 168 200 300", deflated_picture())),
        ("a heavy gradient in a form", "E0729", page("q 1 0 0 1 300 300 cm /X Do Q").with("/XObject << /X 9001 0 R >>").object(form(&format!("/Resources << /Pattern << /P << /PatternType 2 /Shading {} >> >> >>", axial("/DeviceCMYK", "1 1 1 1", "0.1 0 0 0").replace("[200 0 400 0]", "[0 0 100 0]")), "/Pattern cs /P scn 0 0 100 100 re f"))),
        ("a light one there", "", page("q 1 0 0 1 300 300 cm /X Do Q").with("/XObject << /X 9001 0 R >>").object(form(&format!("/Resources << /Pattern << /P << /PatternType 2 /Shading {} >> >> >>", axial("/DeviceCMYK", "0.1 0 0 0", "1 1 1 1").replace("[200 0 400 0]", "[100 0 400 0]")), "/Pattern cs /P scn 0 0 100 100 re f"))),
        ("None over 400 %", "E0729", page("1 1 1 1 k 200 300 100 100 re f /N cs 1 scn 190 290 120 120 re f").with(&format!("/ColorSpace << /N {} >>", separation("None")))),
        ("a hidden membership", "", page("1 0 0 0 k 200 300 100 100 re f /OC /L BDC 1 1 1 1 k 200 300 100 100 re f EMC").with("/Properties << /L << /Type /OCMD /VE [/Not 9001 0 R] >> >>").object("<< /Type /OCG /Name (x) >>")),
        ("a background of a pattern", "E0729", page("/Pattern cs /P scn 100 300 100 100 re f").with(&format!("/Pattern << /P << /PatternType 2 /Shading {} >> >>", axial("/DeviceCMYK", "0.1 0 0 0", "0.2 0 0 0").replace("/Extend [true true]", "/Background [1 1 1 1]")))),
        ("LZW in an inline picture", "E0720", page("q 9 0 0 9 300 300 cm BI /W 1 /H 1 /BPC 8 /CS /CMYK /F /LZW ID \u{1}\u{1}\u{1} EI Q 1 0 0 0 k 200 300 50 50 re f")),
        ("RGB in a look of an annotation", "E0716", page("1 0 0 0 k 200 300 50 50 re f").entry("/Annots [<< /Type /Annot /Subtype /PrinterMark /Rect [700 900 720 920] /F 4 /AP << /N 9001 0 R >> >>]").object(form("", "1 0 0 rg 0 0 9 9 re f"))),
        ("a font by a state", "", page("/F gs BT 0 1 0 0 k 200 400 Td <00010002> Tj ET").with("/ExtGState << /F << /Font [FONT 20] >> >>")),
        ("keyed colours", "", shown("90 0 0 90 200 300", image("/Width 400 /Height 400 /BitsPerComponent 8 /ColorSpace /DeviceCMYK /Mask [250 255 250 255 250 255 250 255]", &(0..160_000).flat_map(|i| if i % 2 == 0 { [255; 4] } else { [90, 0, 0, 0] }).collect::<Vec<u8>>()))),
        ("a hairline on paper in white", "", page("1 0 0 0 k 300 300 50 50 re f 0 0 0 0 K 0.1 w 100 200 m 200 200 l S")),
        ("what is not seen", "", page("1 0 0 0 k 300 300 50 50 re f /A gs 0 0 0 0 k 0 1 0 0 K 0.1 w 300 300 50 50 re B").with("/ExtGState << /A << /ca 0 /CA 0 /OP true /op true /OPM 1 >> >>")),
        ("only a hairline", "W0727", page("0 1 0 0 K 0.1 w 100 200 m 400 200 l S")),
        ("text without a font", "E0735", page("BT 200 400 Td (a) Tj ET 1 0 0 0 k 200 300 50 50 re f")),
        ("text out of a block", "E0735", page("1 0 0 0 k /F0 20 Tf 1 0 0 1 200 400 Tm <00010002> Tj")),
        ("marked contents left open", "E0735", page("/A BMC 1 0 0 0 k 200 300 50 50 re f")),
        ("too few tints", "E0735", page("/N cs 1 scn 200 300 50 50 re f").with(&format!("/ColorSpace << /N {} >>", devicen("/Cyan /Magenta"))).object(TINT2)),
        ("a clip as thin as a hair", "W0727", page("q 200 500 100 0.1 re W n 1 0 0 0 k 100 400 300 300 re f Q")),
        ("a picture as thin as a hair", "W0727", page("q 100 0 0 0.1 200 500 cm /X Do Q 1 0 0 0 k 200 300 50 50 re f").with("/XObject << /X 9001 0 R >>").object(image("/Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceCMYK", &[0, 200, 0, 0]))),
        ("an area without area", "W0727", page("1 0 0 0 k 200 300 100 0 re f 200 400 50 50 re f")),
        ("registration colour in a picture", "E0736", shown("90 0 0 90 200 300", image(&format!("/Width 400 /Height 400 /BitsPerComponent 8 /ColorSpace {}", separation("All")), &samples(&[60], 160_000)))),
        ("a missing glyph", "W0745", page("1 0 0 0 k BT /F0 30 Tf 200 400 Td <FFF0> Tj ET")),
        ("a key twice", "E0735", page("1 0 0 0 k 200 300 100 100 re f").entry("/Tabs /S /Tabs /R")),
    ];
    let mut cell = String::new();
    write!(cell, "/Pattern cs /X scn 0 0 700 900 re f").unwrap();
    rows.push(("a million cells", "E0746", page(&cell).with("/Pattern << /X 9001 0 R >>").object(stream("/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.5 /YStep 0.5 /Resources << >>", "0.5 0 0 0 k 0 0 1 1 re f"))));
    rows
}

/// The codes that a row is there for.
pub(super) fn codes() -> Vec<&'static str> {
    rows().into_iter().flat_map(|(_, expected, _)| expected.split('|')).collect()
}

/// Whether what was said is what must be said.
fn fits(expected: &str, found: &BTreeSet<&str>) -> bool {
    match expected {
        "" => found.is_empty(),
        any => any.split('|').any(|code| found.iter().any(|found| found.starts_with(code))),
    }
}

#[test]
fn every_row_is_told_rightly() {
    let wrong: Vec<String> = rows()
        .into_iter()
        .map(|(what, expected, made)| (what, expected, judged(made.file())))
        .filter(|(_, expected, found)| !fits(expected, found))
        .map(|(what, expected, found)| format!("{what}: {expected:?}, but said {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is right by another reader, so that a row is no damaged file.
#[test]
fn rows_are_sound_files() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("made.pdf");
    let file = page("1 0 0 0 k 200 300 100 100 re f").file();
    std::fs::write(&path, file).unwrap();
    crate::support::judge("qpdf", &["--check", path.to_str().unwrap()]);
}

/// Files that broke the judge of 0.1.0 are answered, each by itself.
#[test]
fn hostile_files_are_answered() {
    let folder = crate::support::root().join("tests/fixtures/hostile");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .collect();
    files.sort();
    assert!(files.len() >= 12, "{files:?}");
    let good = tempfile::tempdir().unwrap();
    let good = good.path().join("good.pdf");
    std::fs::write(&good, super::sound()).unwrap();
    let mut args = vec!["preflight".to_owned(), "--format".into(), "json".into()];
    args.extend(files.iter().cloned());
    args.push(good.to_str().unwrap().into());
    let run = crate::support::fengcai(&args.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("E0746"), "{}", run.out);
}
