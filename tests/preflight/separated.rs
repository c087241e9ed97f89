//! Our plates against those of Ghostscript, on patches of overprint,
//! transparency and DeviceN in the manner of the Ghent Workgroup's.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use fengcai::preflight::separations;
use rayon::prelude::*;

use super::made::{Made, page, stream};
use crate::support::judge;

/// Greatest mean difference of a plate, of 1.
const MOST: f64 = 0.01;

const SPOT: &str = "[/Separation /Spot /DeviceCMYK << /FunctionType 2 /N 1 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0.6 0.8 0] >>]";
const STATES: &str =
    "/O << /OP true /op true /OPM 1 >> /Z << /OP true /op true /OPM 0 >> /H << /ca 0.5 /CA 0.5 >>";

fn spaces() -> String {
    let devicen = |names: &str| format!("[/DeviceN [{names}] /DeviceCMYK 9001 0 R]");
    format!(
        "/ColorSpace << /S {SPOT} /M [/Separation /Magenta /DeviceCMYK << /FunctionType 2 /N 1 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 1 0 0] >>] /N {} /T {} /A [/Separation /All /DeviceCMYK << /FunctionType 2 /N 1 /Domain [0 1] /C0 [0 0 0 0] /C1 [1 1 1 1] >>] >> /ExtGState << {STATES} >>",
        devicen("/Cyan /Spot"),
        devicen("/Magenta /Yellow"),
    )
}

const TWO: &str = "<< /FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1 0 1] /Length 19 >>\nstream\n{exch 0 exch 0 exch}\nendstream";

/// A patch with all spaces, on a ground of four stripes.
fn patch(content: &str) -> Made {
    let ground = "0.6 0 0 0 k 100 200 300 60 re f 0 0.7 0 0.1 k 100 260 300 60 re f 0.2 0.2 0.5 0 k 100 320 300 60 re f /S cs 0.8 scn 100 380 300 60 re f ";
    page(&format!("{ground} {content}")).with(&spaces()).object(TWO)
}

fn form(entries: &str, content: &str) -> Vec<u8> {
    stream(
        &format!("/Type /XObject /Subtype /Form /BBox [0 0 700 900] /Resources << {} >> {entries}", spaces()),
        content,
    )
}

fn patches() -> Vec<(String, Made)> {
    let mut all: Vec<(String, Made)> = Vec::new();
    let mut add = |name: String, made: Made| all.push((name, made));
    let colours = [
        ("CMYK", "0 1 0 0 k"),
        ("CMYK of two", "0 0.5 0.5 0 k"),
        ("black", "0 0 0 1 k"),
        ("gray", "0.4 g"),
        ("Separation", "/M cs 0.7 scn"),
        ("spot", "/S cs 0.5 scn"),
        ("DeviceN with spot", "/N cs 0.6 0.4 scn"),
        ("DeviceN of process", "/T cs 0.6 0.4 scn"),
        ("All", "/A cs 0.3 scn"),
    ];
    let shape = "150 180 80 290 re f";
    for (name, colour) in colours {
        add(format!("{name} knocks out"), patch(&format!("{colour} {shape}")));
        add(format!("{name} overprints, mode 1"), patch(&format!("/O gs {colour} {shape}")));
        add(format!("{name} overprints, mode 0"), patch(&format!("/Z gs {colour} {shape}")));
        add(format!("{name} half through"), patch(&format!("/H gs {colour} {shape}")));
    }
    let modes = [
        "Multiply",
        "Screen",
        "Overlay",
        "Darken",
        "Lighten",
        "ColorDodge",
        "ColorBurn",
        "HardLight",
        "SoftLight",
        "Difference",
        "Exclusion",
        "Hue",
        "Saturation",
        "Color",
        "Luminosity",
    ];
    for mode in modes {
        let state = format!("/ExtGState << {STATES} /B << /BM /{mode} >> /C << /BM /{mode} /ca 0.6 >> >>");
        let resources = spaces().replace(&format!("/ExtGState << {STATES} >>"), &state);
        let blended = |content: &str| {
            let ground = "0.6 0 0 0.1 k 100 200 300 90 re f 0.1 0.7 0.3 0 k 100 290 300 90 re f ";
            page(&format!("{ground}{content}")).with(&resources).object(TWO)
        };
        add(mode.to_string(), blended(&format!("/B gs 0.3 0.5 0.1 0.2 k {shape}")));
        add(
            format!("{mode} of a group"),
            blended("/C gs /G Do").with("/XObject << /G 9002 0 R >>").object(form(
                "/Group << /S /Transparency /CS /DeviceCMYK /I true >>",
                &format!("0.3 0.5 0.1 0.2 k {shape} 0 0.2 0.9 0 k 200 180 80 290 re f"),
            )),
        );
    }
    for (name, entries) in [("isolated", "/I true"), ("open", "")] {
        let group = format!("/Group << /S /Transparency /CS /DeviceCMYK {entries} >>");
        let inside = "/O gs 0 0 0 0.8 k 150 180 80 290 re f 0.5 0 0.5 0 k 260 180 80 290 re f";
        let group_of = |state: &str| {
            patch(&format!("{state} /G Do")).with("/XObject << /G 9002 0 R >>").object(form(&group, inside))
        };
        add(format!("overprint in an {name} group"), group_of(""));
        add(format!("an {name} group half through"), group_of("/H gs"));
    }
    let masked = |kind: &str, content: &str, group: &str| {
        patch("/MM gs 0 0.9 0.3 0.2 k 120 180 260 290 re f")
            .with("")
            .object(form(&format!("/Group << /S /Transparency {group} >>"), content))
            .entry(&format!("/PieceInfo << /Kind ({kind}) >>"))
    };
    for (name, kind, content, group) in [
        (
            "luminosity",
            "Luminosity",
            "0.2 g 120 180 100 290 re f 0.9 g 220 180 100 290 re f",
            "/CS /DeviceGray",
        ),
        (
            "luminosity of CMYK",
            "Luminosity",
            "0 0 0 0 k 120 180 100 290 re f 0 0 0 0.5 k 220 180 100 290 re f",
            "/CS /DeviceCMYK",
        ),
        ("alpha", "Alpha", "/H gs 0 g 120 180 100 290 re f", "/CS /DeviceCMYK"),
    ] {
        let mut made = masked(kind, content, group);
        made.resources = made.resources.replace(
            "/ExtGState <<",
            &format!("/ExtGState << /MM << /SMask << /S /{kind} /G 9002 0 R >> >>"),
        );
        add(format!("mask by {name}"), made);
    }
    let function = "/Function << /FunctionType 2 /N 1 /Domain [0 1] /C0 [0.9 0.1 0 0] /C1 [0 0.2 0.8 0.3] >>";
    for (name, shading) in [
        ("axial", format!("/ShadingType 2 /ColorSpace /DeviceCMYK /Coords [120 0 380 0] {function}")),
        ("radial", format!("/ShadingType 3 /ColorSpace /DeviceCMYK /Coords [250 330 20 270 330 120] /Extend [true false] {function}")),
        ("axial, spot", "/ShadingType 2 /ColorSpace /S /Coords [120 0 380 0] /Function << /FunctionType 2 /N 1 /Domain [0 1] /C0 [0.1] /C1 [1] >>".replace("/ColorSpace /S", &format!("/ColorSpace {SPOT}"))),
        ("by a function", "/ShadingType 1 /ColorSpace /DeviceCMYK /Domain [0 1 0 1] /Matrix [260 0 0 290 120 180] /Function 9002 0 R".into()),
    ] {
        add(
            format!("gradient {name}"),
            patch("q 120 180 260 290 re W n /G sh Q")
                .with(&format!("/Shading << /G << {shading} >> >>"))
                .object(stream("/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1 0 1]", "{ 0.2 0 }")),
        );
    }
    let mut mesh = Vec::new();
    for (flag, x, y, ink) in [
        (0_u8, 0_u16, 0_u16, [255_u8, 0, 0, 0]),
        (0, 65_535, 0, [0, 255, 0, 0]),
        (0, 30_000, 65_535, [0, 0, 255, 80]),
    ] {
        mesh.push(flag);
        mesh.extend(x.to_be_bytes());
        mesh.extend(y.to_be_bytes());
        mesh.extend(ink);
    }
    let decode = "/BitsPerCoordinate 16 /BitsPerComponent 8 /BitsPerFlag 8 /Decode [120 380 180 470 0 1 0 1 0 1 0 1] /ColorSpace /DeviceCMYK";
    add(
        "mesh of triangles".into(),
        patch("/G sh")
            .with("/Shading << /G 9002 0 R >>")
            .object(stream(&format!("/ShadingType 4 {decode}"), mesh)),
    );
    let corners: [(u16, u16); 12] = [
        (0, 0),
        (9000, 20_000),
        (0, 45_000),
        (0, 65_535),
        (20_000, 60_000),
        (45_000, 65_535),
        (65_535, 65_535),
        (60_000, 45_000),
        (65_535, 20_000),
        (65_535, 0),
        (45_000, 9000),
        (20_000, 0),
    ];
    let mut coons = vec![0_u8];
    corners.iter().for_each(|(x, y)| {
        coons.extend(x.to_be_bytes());
        coons.extend(y.to_be_bytes());
    });
    coons.extend([200, 0, 0, 0, 0, 200, 0, 0, 0, 0, 200, 0, 0, 0, 0, 200]);
    add(
        "patch of Coons".into(),
        patch("/G sh")
            .with("/Shading << /G 9002 0 R >>")
            .object(stream(&format!("/ShadingType 6 {decode}"), coons)),
    );
    let cell = |paint: u8, content: &str| {
        stream(
            &format!(
                "/Type /Pattern /PatternType 1 /PaintType {paint} /TilingType 1 /BBox [0 0 24 24] /XStep 30 /YStep 26 /Matrix [1 0.2 0 1 3 5] /Resources << >>"
            ),
            content,
        )
    };
    add(
        "tiling in colour".into(),
        patch("/Pattern cs /G scn 120 180 260 290 re f")
            .with("/Pattern << /G 9002 0 R >>")
            .object(cell(1, "0.5 0.9 0 0 k 0 0 16 16 re f 0 0 1 0 k 8 8 16 16 re f")),
    );
    let mut uncoloured = patch("/UP cs 0 0.8 0.2 0 /G scn 120 180 260 290 re f")
        .with("/Pattern << /G 9002 0 R >>")
        .object(cell(2, "0 0 16 16 re f"));
    uncoloured.resources =
        uncoloured.resources.replace("/ColorSpace <<", "/ColorSpace << /UP [/Pattern /DeviceCMYK]");
    add("tiling without colour".into(), uncoloured);
    let samples: Vec<u8> =
        (0..64 * 64).flat_map(|i| [(i % 64 * 4) as u8, (i / 64 * 4) as u8, 30, 10]).collect();
    let picture = |entries: &str, data: &[u8]| {
        stream(
            &format!("/Type /XObject /Subtype /Image /Width 64 /Height 64 /BitsPerComponent 8 {entries}"),
            data,
        )
    };
    let shown = |object: Vec<u8>| {
        patch("q 256 0 0 256 120 190 cm /G Do Q").with("/XObject << /G 9002 0 R >>").object(object)
    };
    add("picture".into(), shown(picture("/ColorSpace /DeviceCMYK", &samples)));
    add(
        "picture turned about".into(),
        shown(picture("/ColorSpace /DeviceCMYK /Decode [1 0 1 0 1 0 1 0]", &samples)),
    );
    add(
        "picture of DeviceN".into(),
        shown(picture("/ColorSpace [/DeviceN [/Cyan /Spot] /DeviceCMYK 9001 0 R]", &samples[..64 * 64 * 2])),
    );
    add(
        "picture with a mask".into(),
        shown(picture("/ColorSpace /DeviceCMYK /SMask 9003 0 R", &samples))
            .object(picture("/ColorSpace /DeviceGray", &samples[..64 * 64])),
    );
    add(
        "stencil".into(),
        patch("0 0.8 0.8 0 k q 256 0 0 256 120 190 cm /G Do Q").with("/XObject << /G 9002 0 R >>").object(
            stream(
                "/Type /XObject /Subtype /Image /Width 64 /Height 64 /ImageMask true /BitsPerComponent 1",
                (0..512).map(|i| if i % 3 == 0 { 0xF0 } else { 0x3C }).collect::<Vec<u8>>(),
            ),
        ),
    );
    add(
        "text large and small".into(),
        patch(
            "BT 0 0 0 1 k /F0 60 Tf 120 300 Td <000100020003> Tj /F0 11 Tf 0 -60 Td <0001000200030004000500060007> Tj ET",
        ),
    );
    add(
        "clip and stroke".into(),
        patch(
            "q 250 330 m 380 200 l 380 460 l h W n 1 0 0 0 k 0 0 700 900 re f Q 0 1 1 0 K 9 w [30 12] 0 d 120 190 m 200 450 l 300 220 l S",
        ),
    );
    all
}

/// Plates as Ghostscript makes them, by the name of the ink: 255 for full ink.
fn theirs(file: &Path, dir: &Path) -> Option<BTreeMap<String, (usize, Vec<u8>)>> {
    fs::create_dir_all(dir).unwrap();
    let out = format!("-o{}/p.tif", dir.display());
    let args = [
        "-q",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=tiffsep",
        "-r288",
        "-dDownScaleFactor=4",
        "-dFirstPage=5",
        "-dLastPage=5",
        "-dOverprint=/enable",
        &out,
        file.to_str().unwrap(),
    ];
    judge("gs", &args)?;
    let mut plates = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(ink) = name.strip_prefix("p(").and_then(|rest| rest.strip_suffix(").tif")) else { continue };
        let mut decoder = tiff::decoder::Decoder::new(fs::File::open(&path).unwrap()).unwrap();
        let width = decoder.dimensions().unwrap().0 as usize;
        let tiff::decoder::DecodingResult::U8(pixels) = decoder.read_image().unwrap() else {
            panic!("{name}")
        };
        plates.insert(ink.to_owned(), (width, pixels.iter().map(|v| 255 - v).collect()));
    }
    Some(plates)
}

/// Mean difference of each plate that differs too much, in percent.
fn differences(name: &str, made: &Made, dir: &Path) -> Vec<String> {
    let file = dir.join("made.pdf");
    fs::create_dir_all(dir).unwrap();
    let bytes = made.file();
    fs::write(&file, &bytes).unwrap();
    let Some(theirs) = theirs(&file, &dir.join("gs")) else { return vec![] };
    let ours = separations(Arc::new(bytes), &[5], false).unwrap().remove(0);
    let mut wrong = Vec::new();
    for (ink, pixels) in &ours.plates {
        let Some((width, other)) = theirs.get(ink) else {
            assert!(pixels.iter().all(|v| *v == 0), "{name}: Ghostscript has no {ink}");
            continue;
        };
        let (across, down) = ((*width).min(ours.width), (other.len() / width).min(ours.height));
        let mut sum = 0_u64;
        for y in 0..down {
            for x in 0..across {
                let (a, b) = (pixels[y * ours.width + x], other[y * width + x]);
                sum += u64::from(a.abs_diff(b));
            }
        }
        let mean = sum as f64 / 255.0 / (across * down) as f64;
        if mean > MOST {
            wrong.push(format!("{name}, {ink}: {:.2} %", mean * 100.0));
        }
    }
    wrong
}

#[test]
fn plates_are_those_of_ghostscript() {
    let dir = tempfile::tempdir().unwrap();
    let patches = patches();
    assert!(patches.len() >= 40, "{}", patches.len());
    let wrong: Vec<String> = patches
        .par_iter()
        .enumerate()
        .flat_map(|(i, (name, made))| differences(name, made, &dir.path().join(i.to_string())))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
