//! Who the file is: Info and XMP that agree, file identifier, output intent.

use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary, text_string};

use super::{Finishing, deflated};
use crate::digest::uuid;

pub(super) fn set(document: &mut Document, job: &Finishing, hash: [u8; 32]) {
    let title = title(document).unwrap_or_else(|| "untitled".into());
    let info = document.add_object(info(&title, job));
    document.trailer.set("Info", info);
    let id = Object::String(hash[..16].to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let document_id = uuid(std::array::from_fn(|i| hash[16 + i]));
    let xmp = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        xmp(&title, job, &document_id).into_bytes(),
    );
    let metadata = document.add_object(xmp);
    let intent = intent(document, job);
    let catalog = document.catalog_mut().expect("a PDF has a catalog");
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![intent]);
    // Readers show a first page alone on the right.
    catalog.set("PageLayout", "TwoPageRight");
    catalog.remove(b"ViewerPreferences");
}

fn title(document: &Document) -> Option<String> {
    let info = document.dereference(document.trailer.get(b"Info").ok()?).ok()?.1;
    lopdf::decode_text_string(info.as_dict().ok()?.get(b"Title").ok()?).ok()
}

fn info(title: &str, job: &Finishing) -> Dictionary {
    let date = Object::string_literal(job.stamp.pdf());
    dictionary! {
        "Title" => text_string(title),
        "Creator" => text_string(crate::TOOL),
        "Producer" => text_string(crate::TOOL),
        "CreationDate" => date.clone(),
        "ModDate" => date,
        "Trapped" => "False",
    }
}

/// The output intent (ISO 15930-7; ISO 32000-1, table 365).
fn intent(document: &mut Document, job: &Finishing) -> Object {
    let profile = document.add_object(deflated(dictionary! { "N" => 4 }, job.output.icc()));
    let condition = &job.job.condition;
    let mut intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => text_string(&condition.id),
        "DestOutputProfile" => profile,
    };
    if !condition.info.is_empty() {
        intent.set("OutputCondition", text_string(&condition.info));
        intent.set("Info", text_string(&condition.info));
    }
    if !condition.registry.is_empty() {
        intent.set("RegistryName", text_string(&condition.registry));
    }
    Object::Dictionary(intent)
}

fn xmp(title: &str, job: &Finishing, uuid: &str) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let (title, tool, date) = (escape(title), escape(crate::TOOL), job.stamp.xmp());
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreatorTool>{tool}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<pdf:Producer>{tool}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>uuid:{uuid}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"#,
        bom = '\u{feff}'
    )
}
