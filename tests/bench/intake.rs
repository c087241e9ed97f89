//! Time to import a roster and a Word document with the articles of 1,000
//! persons into an empty folder, written and synced.
//!
//!     cargo bench --bench intake

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod support;

use std::io::{Cursor, Write};
use std::path::Path;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use fengcai::catalogue::Lang;
use fengcai::intake::Choices;
use fengcai::outtake::Form;
use fengcai::session::{Incoming, Session, import};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A Word document with a paragraph a line.
fn word(text: &str) -> Vec<u8> {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraph = |line: &str| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>");
    let body: String = escaped.lines().map(paragraph).collect();
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).expect("writes");
    zip.write_all(xml.as_bytes()).expect("writes");
    zip.finish().expect("a package").into_inner()
}

/// A roster and a document of so many persons, each with a name.
fn documents(count: usize) -> Vec<(String, Vec<u8>)> {
    let project = support::many::project(count);
    let mut text = String::new();
    for i in 0..count {
        let path = format!("data/profiles/{}-{i}.json", support::profiles()[i % 10].0);
        let own: String =
            [i / 60, i % 60 + 60].iter().map(|n| char::from_u32(0x4E10 + *n as u32).expect("Han")).collect();
        project.edit(&path, |profile| {
            let name = profile["name"].as_str().expect("a name").to_owned();
            let renamed = profile.to_string().replace(&name, &format!("王{own}"));
            *profile = serde_json::from_str(&renamed).expect("JSON");
            let lines = |field: &str| support::strings(&profile[field]).join("\n");
            text += &format!("{}\n王{own}\n{}\n", lines("headline").replace('\n', " "), lines("article"));
        });
    }
    let session = Session::open(Path::new(project.dir())).expect("a project");
    let roster = session.export(Form::Xlsx, Lang::Zh).expect("exports");
    vec![("名单.xlsx".into(), roster), ("事迹.docx".into(), word(&text))]
}

fn imported(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10);
    for count in [100, 1000] {
        let documents = documents(count);
        group.bench_function(BenchmarkId::new("xlsx and docx", count), |b| {
            b.iter(|| {
                let folder = support::Project::empty();
                let read_photo = |_: &str| Err(std::io::ErrorKind::NotFound.into());
                let incoming =
                    Incoming { documents: documents.clone(), photos: vec![], read_photo: &read_photo };
                let import =
                    import(Path::new(folder.dir()), incoming, Choices::default(), Lang::Zh).expect("imports");
                assert_eq!(import.understood.persons.len(), count);
                import.write(&read_photo, &mut |_| true, Lang::Zh).expect("writes");
            });
        });
        // The same on the disk, to be measured from outside.
        for (name, bytes) in &documents {
            let folder = std::env::temp_dir().join(format!("fengcai-import-{count}"));
            std::fs::create_dir_all(&folder).expect("makes");
            std::fs::write(folder.join(name), bytes).expect("writes");
        }
    }
    group.finish();
}

criterion_group!(benches, imported);
criterion_main!(benches);
