//! Templates that leave something out, print it otherwise, hide it, or put it
//! in the wrong place: every one is told, with person, field and page.

use std::fs;

use fengcai::diag::{Diagnostic, Severity};
use fengcai::session::Session;

use crate::support::{Project, root};

/// What is done to a template, and what must be told of it.
struct Sabotage {
    what: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
    code: &'static str,
    /// Whom it is about, if it is about a person.
    person: Option<&'static str>,
    /// The field it is about; nothing where it is about a page.
    field: Option<&'static str>,
}

const fn of(
    what: &'static str,
    [file, from, to]: [&'static str; 3],
    code: &'static str,
    person: Option<&'static str>,
    field: Option<&'static str>,
) -> Sabotage {
    Sabotage { what, file, from, to, code, person, field }
}

const ONE: Option<&str> = Some("wang-fengrong");
const SECOND: Option<&str> = Some("zhao-jinmei");

const CASES: &[Sabotage] = &[
    of(
        "one page bears no number",
        [
            "lib/recto.typ",
            "  folio(folio-row * row, outer, grey, number: number)",
            "  if person.id != \"wang-qi\" { folio(folio-row * row, outer, grey, number: number) }",
        ],
        "E0526",
        None,
        None,
    ),
    of(
        "page numbers are white on ivory",
        ["lib/recto.typ", "folio(folio-row * row, outer, grey", "folio(folio-row * row, outer, white"],
        "E0524",
        None,
        None,
    ),
    of(
        "page numbers are unlabelled and wrong",
        [
            "common/base.typ",
            "text(font: hei, size: 9pt, fill: fill, str(number))),\n  )#label(\"folio\")]",
            "text(font: hei, size: 9pt, fill: fill, str(number + 2))),\n  )]",
        ],
        "E0526",
        None,
        None,
    ),
    of(
        "letters stand on one another",
        [
            "lib/recto.typ",
            "prose(person.article, setting.size, setting.pitch)",
            "{ set text(tracking: -0.4em); prose(person.article, setting.size, setting.pitch) }",
        ],
        "E0524",
        ONE,
        Some("article"),
    ),
    of(
        "lines stand on one another",
        [
            "lib/recto.typ",
            "prose(person.article, setting.size, setting.pitch)",
            "prose(person.article, setting.size, setting.size * 0.6)",
        ],
        "E0524",
        ONE,
        Some("article"),
    ),
    of(
        "the last paragraph is dropped",
        ["lib/recto.typ", "prose(person.article,", "prose(person.article.slice(0, -1),"],
        "E0521",
        ONE,
        Some("article[2]"),
    ),
    of(
        "the first paragraph is dropped",
        ["lib/recto.typ", "prose(person.article,", "prose(person.article.slice(1),"],
        "E0521",
        ONE,
        Some("article[0]"),
    ),
    of(
        "honours are dropped",
        ["lib/recto.typ", "list.len() > 0 { honours-block(person, list) }", "false { }"],
        "E0521",
        ONE,
        Some("honours"),
    ),
    of(
        "the honours of persons are dropped",
        ["lib/recto.typ", "  (labels.personal, honours.personal),\n", ""],
        "E0521",
        ONE,
        Some("honours"),
    ),
    of(
        "names are dropped",
        [
            "lib/verso.typ",
            "named(person, lines-on(outer, first-y,",
            "if false { } else { } + none; let x = (person, lines-on(outer, first-y,",
        ],
        "E0521",
        ONE,
        Some("name"),
    ),
    of(
        "the article is white on white",
        [
            "lib/recto.typ",
            "let text = prose(person.article,",
            "set text(fill: white)\n  let text = prose(person.article,",
        ],
        "E0524",
        ONE,
        Some("article"),
    ),
    of(
        "every recto prints the first person",
        ["main.typ", "recto(person, edition)", "recto(data.persons.first(), edition)"],
        "E0503",
        SECOND,
        Some("name"),
    ),
    of(
        "every recto has the first person's article",
        ["lib/recto.typ", "prose(person.article,", "prose(json(\"/data.json\").persons.first().article,"],
        "E0522",
        SECOND,
        Some("article[0]"),
    ),
    of(
        "the quote is dropped",
        ["lib/verso.typ", "  if quoted { quote-block", "  if false { quote-block"],
        "E0521",
        ONE,
        Some("quote"),
    ),
    of(
        "the last figure is dropped",
        ["lib/verso.typ", "in person.figures.enumerate()", "in person.figures.slice(0, -1).enumerate()"],
        "E0521",
        ONE,
        Some("figures"),
    ),
    of(
        "labels of figures are dropped",
        ["lib/verso.typ", "    figure.label\n", "    []\n"],
        "E0522",
        ONE,
        Some("figures"),
    ),
    of(
        "quote and headline are swapped",
        ["lib/verso.typ", "stacked(person.quote.map(hanging)", "stacked(person.headline.map(hanging)"],
        "E0522",
        ONE,
        Some("quote"),
    ),
    of(
        "the article is set in 3 pt",
        ["lib/recto.typ", "prose(person.article, setting.size,", "prose(person.article, 3pt,"],
        "E0524",
        ONE,
        Some("article"),
    ),
    of(
        "the quote is set in 1 pt by scaling",
        [
            "lib/verso.typ",
            "stacked(person.quote.map(hanging), size, pitch)",
            "std.scale(4%, stacked(person.quote.map(hanging), size, pitch))",
        ],
        "E0524",
        ONE,
        Some("quote"),
    ),
    of(
        "the name is beyond the trim",
        ["lib/verso.typ", "lines-on(outer, first-y,", "lines-on(-400pt, first-y,"],
        "E0524",
        ONE,
        Some("name"),
    ),
    of(
        "a panel covers the post",
        [
            "lib/verso.typ",
            "  for (i, figure) in",
            "  at(0pt, 300pt, rect(width: 340pt, height: 300pt, fill: red))\n  for (i, figure) in",
        ],
        "E0524",
        ONE,
        Some("post"),
    ),
    of(
        "a curve covers the article",
        [
            "lib/recto.typ",
            "  folio(folio-row",
            "  at(0pt, 150pt, circle(radius: 290pt, fill: ivory))\n  folio(folio-row",
        ],
        "E0524",
        ONE,
        Some("article"),
    ),
    of(
        "the headline is in the colour of paper",
        [
            "lib/recto.typ",
            "  set text(weight: 900)\n  stacked",
            "  set text(weight: 900, fill: cmyk(0%, 0%, 3%, 0%))\n  stacked",
        ],
        "E0524",
        ONE,
        Some("headline"),
    ),
    of(
        "the post is clipped away",
        [
            "lib/verso.typ",
            "    lines-on(outer, y, text-width, post,",
            "    block(width: 10pt, height: 10pt, clip: true, lines-on(outer, y, text-width, post,",
        ],
        "E0901",
        None,
        None,
    ),
    of(
        "honours stand twice",
        [
            "lib/recto.typ",
            "list.len() > 0 { honours-block(person, list) }",
            "list.len() > 0 { honours-block(person, list) + honours-block(person, list) }",
        ],
        "E0523",
        ONE,
        Some("honours"),
    ),
    of(
        "a paragraph stands a second time, outside of its slot",
        [
            "lib/recto.typ",
            "  folio(folio-row",
            "  at(60pt, 30pt, block(width: 400pt, text(size: 6pt, person.article.first())))\n  folio(folio-row",
        ],
        "E0523",
        ONE,
        Some("article[0]"),
    ),
    of(
        "the neighbour's name over the article",
        ["lib/recto.typ", "person.name + h(1em)", "json(\"/data.json\").persons.at(1).name + h(1em)"],
        "E0528",
        None,
        None,
    ),
    of("the folio is computed", ["common/base.typ", "str(number)", "str(number + 1)"], "E0526", None, None),
    of(
        "the contents count for themselves",
        [
            "lib/contents.typ",
            "[#page-of(\"page:verso:\" + person.id)]",
            "[#(page-of(\"page:verso:\" + person.id) + 2)]",
        ],
        "E0527",
        ONE,
        Some("name"),
    ),
    of(
        "links of the contents lead to the title page",
        ["lib/contents.typ", "leading-to(\"page:verso:\" + person.id,", "link((page: 1, x: 0pt, y: 0pt),"],
        "E0527",
        ONE,
        Some("name"),
    ),
    of(
        "the contents leave somebody out",
        ["main.typ", "contents(data.persons)", "contents(data.persons.slice(1))"],
        "E0521",
        ONE,
        Some("name"),
    ),
    of(
        "the contents shorten headlines",
        ["lib/contents.typ", "person.headline.join(h(0.6em))", "person.headline.first()"],
        "E0521",
        ONE,
        Some("headline"),
    ),
    of(
        "a spread is missing",
        ["main.typ", "#for person in data.persons {", "#for person in data.persons.slice(1) {"],
        "E0503",
        ONE,
        Some("name"),
    ),
    of(
        "the series line is dropped",
        ["lib/title.typ", "(edition.series,)", "(\"\",)"],
        "E0521",
        None,
        Some("series"),
    ),
    of(
        "the title on the cover is another",
        ["cover.typ", "room, edition.title, size", "room, edition.title.rev(), size"],
        "E0522",
        None,
        Some("title"),
    ),
    of(
        "the subtitle is dropped on the cover",
        ["cover.typ", "if edition.subtitle.len() > 0", "if false"],
        "E0521",
        None,
        Some("subtitle"),
    ),
    of(
        "the template's own words have a slip",
        ["lib/contents.typ", "\"目录\"", "\"目录,本书\""],
        "E0311",
        None,
        None,
    ),
    of(
        "the template's own words have a rare character",
        ["lib/contents.typ", "\"目录\"", "\"目𪚥\""],
        "E0302",
        None,
        None,
    ),
    of(
        "a slot that the contract does not know",
        ["lib/title.typ", "\"series\")", "\"slogan\")"],
        "E0904",
        None,
        None,
    ),
    of(
        "a character is changed on the way",
        [
            "lib/recto.typ",
            "prose(person.article,",
            "prose(person.article.map(p => p.replace(\"王\", \"玉\")),",
        ],
        "E0522",
        ONE,
        Some("article[0]"),
    ),
    of(
        "marks are changed on the way",
        [
            "lib/verso.typ",
            "stacked(person.quote.map(hanging)",
            "stacked(person.quote.map(l => l.replace(\"、\", \"，\"))",
        ],
        "E0522",
        ONE,
        Some("quote"),
    ),
    of(
        "a thick line covers the article",
        [
            "lib/recto.typ",
            "  folio(folio-row",
            "  at(0pt, 300pt, line(length: 560pt, stroke: 260pt + ivory))\n  folio(folio-row",
        ],
        "E0524",
        ONE,
        Some("article"),
    ),
    of(
        "the article is struck out",
        [
            "lib/recto.typ",
            "let text = prose(person.article, setting.size, setting.pitch)",
            "let text = strike(stroke: 1.2em + white, prose(person.article, setting.size, setting.pitch))",
        ],
        "E0524",
        ONE,
        Some("article"),
    ),
    of(
        "one character of the name is covered",
        [
            "lib/verso.typ",
            "  for (i, figure) in",
            "  at(outer, 300pt, rect(width: 46pt, height: 120pt, fill: red))\n  for (i, figure) in",
        ],
        "E0524",
        ONE,
        Some("name"),
    ),
    of(
        "numbers are read backwards",
        [
            "lib/verso.typ",
            "fill: red, figure.number)",
            "fill: red, stack(dir: rtl, ..figure.number.clusters()))",
        ],
        "E0530",
        ONE,
        Some("figures"),
    ),
    of(
        "the headline is yellow on white",
        [
            "lib/recto.typ",
            "  set text(weight: 900)\n  stacked",
            "  set text(weight: 900, fill: cmyk(0%, 0%, 100%, 0%))\n  stacked",
        ],
        "E0524",
        ONE,
        Some("headline"),
    ),
    of(
        "the quote is mirrored",
        [
            "lib/verso.typ",
            "stacked(person.quote.map(hanging), size, pitch)",
            "std.scale(x: -100%, stacked(person.quote.map(hanging), size, pitch))",
        ],
        "E0524",
        ONE,
        Some("quote"),
    ),
    of(
        "the headline stands on the article",
        [
            "lib/recto.typ",
            "top-row * row - ascent.em * headline-size, headline(person)",
            "top-row * row + 4.2 * row, headline(person)",
        ],
        "E0524",
        ONE,
        None,
    ),
    of(
        "the contents have numbers of their own",
        [
            "lib/contents.typ",
            "slot(\"page\", id: person.id, text-x, 16pt, context",
            "block(width: text-x, context",
        ],
        "E0527",
        ONE,
        Some("name"),
    ),
];

/// What is done to the pictures of a book that has all kinds of them.
const PICTURES: &[Sabotage] = &{
    const PORTRAIT: &str =
        "at(left, -bleed.top, photograph(person.photo, person.name, paint-width, height, eye: (0.5, 0.42)))";
    const fn portrait(what: &'static str, to: &'static str, code: &'static str) -> Sabotage {
        of(what, ["lib/verso.typ", PORTRAIT, to], code, Some("yan-ping"), Some("photo.file"))
    }
    [
        portrait("the portrait is dropped", "none", "E0521"),
        portrait(
            "the portrait is mirrored",
            "at(left, -bleed.top, std.scale(x: -100%, photograph(person.photo, person.name, paint-width, height)))",
            "E0524",
        ),
        portrait(
            "the portrait is squeezed",
            "at(left, -bleed.top, std.scale(x: 70%, photograph(person.photo, person.name, paint-width, height)))",
            "E0524",
        ),
        portrait(
            "the portrait is stretched over its place",
            "at(left, -bleed.top, image(person.photo.path, width: paint-width, height: height, fit: \"stretch\"))",
            "E0524",
        ),
        portrait(
            "the portrait is a speck",
            "at(left, -bleed.top, photograph(person.photo, person.name, 4mm, 5mm))",
            "E0524",
        ),
        portrait(
            "the portrait is beyond the trim",
            "at(trim.width - 5mm, 0pt, photograph(person.photo, person.name, paint-width, height))",
            "E0524",
        ),
        portrait(
            "something covers the portrait",
            "{ at(left, -bleed.top, photograph(person.photo, person.name, paint-width, height)); at(left, -bleed.top, rect(width: paint-width, height: height, fill: gold)) }",
            "E0524",
        ),
        portrait(
            "a white veil hides the portrait",
            "{ at(left, -bleed.top, photograph(person.photo, person.name, paint-width, height)); at(left, -bleed.top, rect(width: paint-width, height: height, fill: rgb(\"#ffffffe6\"))) }",
            "E0524",
        ),
        portrait(
            "a corner of the portrait is all that shows",
            "at(left, -bleed.top, block(width: paint-width, height: height, clip: true, place(image(person.photo.path, width: 5 * paint-width))))",
            "E0524",
        ),
        of(
            "the photograph at the foot is dropped",
            ["lib/photos.typ", "photograph(photo, photo.described, each, height)", "v(1pt)"],
            "E0521",
            Some("yan-ping"),
            Some("photos[0].file"),
        ),
        of(
            "the group photograph is dropped",
            ["main.typ", "#group-photos(edition.photos)", ""],
            "E0521",
            None,
            Some("photos[0].file"),
        ),
        of(
            "the emblem is dropped",
            ["cover.typ", "if \"emblem\" in edition {", "if false {"],
            "E0521",
            None,
            Some("emblem"),
        ),
        of(
            "the emblem is squeezed",
            [
                "cover.typ",
                "edition.emblem.described, height: side)",
                "edition.emblem.described, height: side, width: side / 2, fit: \"stretch\")",
            ],
            "E0524",
            None,
            Some("emblem"),
        ),
    ]
};

fn sabotaged(case: &Sabotage, project: &Project) -> Vec<Diagnostic> {
    let embedded = match case.file.strip_prefix("common/") {
        Some(_) => format!("templates/{}", case.file),
        None => format!("templates/spread/{}", case.file),
    };
    let text = fs::read_to_string(root().join(embedded)).expect("a template file");
    assert!(text.contains(case.from), "{}: {} in {}", case.what, case.from, case.file);
    project.write(&format!("templates/spread/{}", case.file), text.replace(case.from, case.to));
    Session::open(&project.path("")).expect("a project").examine().expect("readable").found
}

#[test]
fn every_sabotage_is_told() {
    let mut untold = Vec::new();
    let cases = CASES.iter().map(|case| (case, Project::first_edition()));
    let pictured = PICTURES.iter().map(|case| (case, crate::templates::whole_book()));
    for (case, project) in cases.chain(pictured) {
        let found = sabotaged(case, &project);
        let right = found.iter().any(|d| {
            d.code.id() == case.code
                && d.severity == Severity::Error
                && case.person.is_none_or(|id| d.person.as_ref().is_some_and(|person| person.id == id))
                && case.field.is_none_or(|field| d.field.as_deref() == Some(field))
        });
        if !right {
            let told: Vec<_> = found
                .iter()
                .take(6)
                .map(|d| {
                    let person = d.person.as_ref().map(|p| p.id.as_str());
                    format!(
                        "{} {person:?} {:?} {:?} {}",
                        d.code.id(),
                        d.field,
                        d.page,
                        d.message(fengcai::diag::Lang::En)
                    )
                })
                .collect();
            untold.push(format!("{}: {told:#?}", case.what));
        }
    }
    assert!(untold.is_empty(), "{}", untold.join("\n"));
}
