//! Arguments of `impose`.

use std::path::PathBuf;

use clap::ValueEnum;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Impose {
    /// PDF file
    #[arg(value_name = "FILE")]
    pub(in crate::cli) source: PathBuf,
    /// saddle (stitched), perfect (sections, glued), two-up (single leaves) or cards (cut and stacked)
    #[arg(long, value_enum, hide_possible_values = true)]
    pub(in crate::cli) scheme: SchemeArg,
    /// A4, A3, SRA3, 正四开, 正对开, 正全开, 大四开, 大对开, 大全开 or WIDTHxHEIGHT in millimetres
    #[arg(id = "sheet_size", long = "sheet", value_name = "NAME")]
    pub(in crate::cli) sheet: String,
    /// File to write
    #[arg(id = "sheets", long = "out", value_name = "FILE", required_unless_present_any = ["dry_run", "preview", "changed"])]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Pages a side: 2, 4 or 8 (default: as many as the sheet holds)
    #[arg(long, value_name = "N", value_parser = ["2", "4", "8"], hide_possible_values = true)]
    pub(in crate::cli) up: Option<String>,
    /// Pages of a section, for perfect binding: 4 to 32 (default: 16)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(4..=32))]
    pub(in crate::cli) section: Option<u8>,
    /// How sheets are turned: short or long edge (default: short)
    #[arg(long, value_enum, default_value = "short", hide_possible_values = true, hide_default_value = true)]
    pub(in crate::cli) duplex: DuplexArg,
    /// Thickness of a leaf in millimetres, for creep (default: from press.json)
    #[arg(long, value_name = "MM", value_parser = caliper)]
    pub(in crate::cli) caliper: Option<f64>,
    /// Paper between neighbours that are cut apart, in millimetres (default: twice the bleed)
    #[arg(long, value_name = "MM", value_parser = gutter)]
    pub(in crate::cli) gutter: Option<f64>,
    /// Page after which blanks are put (default: the last)
    #[arg(long, value_name = "PAGE")]
    pub(in crate::cli) blanks_after: Option<usize>,
    /// The spine is on the right, as for vertical text
    #[arg(long)]
    pub(in crate::cli) right_bound: bool,
    /// Leave out marks, colour bar and slug
    #[arg(long)]
    pub(in crate::cli) no_marks: bool,
    /// Print the plan as a table and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Also show the sheets as an HTML page; without --out nothing else is written
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) preview: Option<PathBuf>,
    /// Print the sides that hold these pages, such as those that `diff` names, and write nothing
    #[arg(long, value_name = "PAGES", value_delimiter = ',')]
    pub(in crate::cli) changed: Option<Vec<usize>>,
    /// Project whose data/press.json gives the caliper
    #[arg(long)]
    pub(in crate::cli) project: Option<PathBuf>,
}

/// A length in millimetres up to a bound.
fn millimetres(text: &str, most: f64) -> Result<f64, String> {
    let length = text.parse::<f64>().ok().filter(|mm| (0.0..=most).contains(mm));
    length.ok_or_else(|| format!("0 – {most} mm"))
}

fn caliper(text: &str) -> Result<f64, String> {
    millimetres(text, 2.0)
}

fn gutter(text: &str) -> Result<f64, String> {
    millimetres(text, 100.0)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SchemeArg {
    Saddle,
    Perfect,
    TwoUp,
    Cards,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DuplexArg {
    Short,
    Long,
}
