//! Lays out a book anew that was laid out before. Typst begins with knowing
//! nothing of the pages and repeats the layout once it knows them; after an edit
//! the earlier layout mostly tells already what stands on which page.

use typst::World;
use typst::comemo::{Constraint, Track};
use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::ecow::EcoVec;
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Output, StyleChain, Target, TargetElem};
use typst::introspection::Introspector;
use typst::utils::Protected;
use typst_layout::{PagedDocument, PagedIntrospector};

/// As [`typst::compile`], with the pages as they were in an earlier layout for a
/// first guess. What comes of it is what holds for its own pages; where it is
/// not soon there, Typst begins from nothing.
pub(super) fn compile(
    world: &dyn World,
    earlier: Option<&PagedIntrospector>,
) -> Warned<SourceResult<PagedDocument>> {
    let quick = earlier.and_then(|earlier| {
        let (document, warnings) = stable(world, earlier)?;
        Some(Warned { output: Ok(document), warnings })
    });
    quick.unwrap_or_else(|| typst::compile(world))
}

/// A layout that holds for its own pages, after at most two passes.
fn stable(
    world: &dyn World,
    earlier: &PagedIntrospector,
) -> Option<(PagedDocument, EcoVec<SourceDiagnostic>)> {
    let first = pass(world, earlier)?;
    let done = if first.stable { first } else { pass(world, first.document.introspector())? };
    done.stable.then_some((done.document, done.warnings))
}

struct Pass {
    document: PagedDocument,
    /// Whether the pages are as they were thought to be.
    stable: bool,
    warnings: EcoVec<SourceDiagnostic>,
}

/// One layout of the whole book; nothing where it has errors.
fn pass(world: &dyn World, introspector: &PagedIntrospector) -> Option<Pass> {
    let library = world.library();
    let world = world.track();
    let traced = Traced::default();
    let base = StyleChain::new(&library.styles);
    let target = TargetElem::target.set(Target::Paged).wrap();
    let mut sink = Sink::new();
    let main = world.source(world.main()).ok()?;
    let content =
        typst_eval::eval(world, library, traced.track(), sink.track_mut(), Route::default().track(), &main)
            .ok()?
            .content();
    let constraint = Constraint::new();
    let mut engine = Engine {
        library,
        world,
        introspector: Protected::new((introspector as &dyn Introspector).track_with(&constraint)),
        traced: traced.track(),
        sink: sink.track_mut(),
        route: Route::default(),
    };
    let document = PagedDocument::create(&mut engine, &content, base.chain(&target)).ok()?;
    let stable = constraint.validate(document.introspector().as_ref() as &dyn Introspector);
    sink.delayed().is_empty().then(|| Pass { document, stable, warnings: sink.warnings() })
}
