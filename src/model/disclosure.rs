//! The finished model of one disclosure.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::{
    account::{Chart, Code},
    money::Quantity,
    period::{FiscalYear, Kind, Stage},
    source::{Located, Span},
};

use super::{
    files::{EvaluationEntry, IndicatorEntry},
    line::{Line, LineId, Measure},
    prose::Prose,
    terms::{Nature, Scope},
};

/// Everything the sources of one disclosure say.
#[derive(Debug, Clone)]
pub struct Disclosure {
    /// Folder name, ASCII.
    pub slug: String,
    pub kind: Kind,
    pub scope: Scope,
    pub year: FiscalYear,
    /// Name of the profile.
    pub profile: Located<String>,
    pub title: Option<String>,
    pub approved: Option<Located<NaiveDate>>,
    pub released: Option<Located<NaiveDate>>,
    pub signoff: Vec<String>,
    pub waivers: Vec<Waiver>,
    pub withheld: Vec<Withheld>,
    pub options: Vec<Located<String>>,
    pub unit: Unit,
    /// Atoms of all measures; views share ids.
    pub lines: Vec<Line>,
    /// The stages that the lines of a measure reflect completely.
    pub coverage: BTreeMap<Measure, BTreeSet<Stage>>,
    pub stated: Vec<Stated>,
    pub reasons: Vec<Reason>,
    pub projects: Vec<Project>,
    pub procurement: Vec<ProcurementItem>,
    pub assets: Vec<Asset>,
    pub assets_as_of: Option<NaiveDate>,
    /// What “三公” money was spent on, by item.
    pub purposes: BTreeMap<String, Prose>,
    /// The unit's own texts, by file name without ending.
    pub texts: BTreeMap<String, Text>,
    pub glossary: Vec<GlossaryItem>,
    /// Names of codes for the year, with those the ledgers bring.
    pub chart: Chart,
}

#[derive(Debug, Clone)]
pub struct Unit {
    pub name: Located<String>,
    pub short_names: Vec<String>,
    pub code: Option<String>,
    pub region: Option<String>,
    pub superior: Option<String>,
    pub nature: Option<Nature>,
    pub rank: Option<String>,
    pub funding: Option<String>,
    pub standing: Option<String>,
    pub duties_lead: Option<Prose>,
    pub duties: Vec<Prose>,
    pub divisions: Vec<String>,
    pub establishment: Option<Prose>,
    /// Never empty: a body without entries is its own only member.
    pub members: Vec<Member>,
    pub contact_office: Option<String>,
    pub contact_channel: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Member {
    pub id: String,
    pub name: String,
    pub code: Option<String>,
    pub nature: Option<Nature>,
    pub rank: Option<String>,
    pub funding: Option<String>,
    /// The folder of its own disclosure, whose ledgers a department sums.
    pub disclosure: Option<Located<String>>,
}

#[derive(Debug, Clone)]
pub struct Waiver {
    pub rule: Located<String>,
    pub figure: Located<String>,
    pub reason: String,
    /// Comes from a member of the department: it need not name a finding here too.
    pub inherited: bool,
}

#[derive(Debug, Clone)]
pub struct Withheld {
    pub table: Located<String>,
    pub basis: String,
}

/// A figure known only as a total, or only by its difference from another stage.
#[derive(Debug, Clone)]
pub struct Stated {
    /// Provenance of figures that rest on it.
    pub id: LineId,
    pub figure: Located<String>,
    /// The number as written, unit already applied; money or count is decided by the figure.
    pub value: StatedValue,
    pub difference_from: Option<Stage>,
    pub span: Span,
}

/// A stated number before its measure is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedValue {
    pub money: Quantity,
    /// The same text read as a count; none where it is no count.
    pub count: Option<Quantity>,
}

#[derive(Debug, Clone)]
pub struct Reason {
    pub figure: Located<String>,
    pub base: Stage,
    /// One text, or several for “一是…二是…”.
    pub texts: Vec<Prose>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Project {
    /// File name without ending: the identity.
    pub slug: String,
    pub name: Located<String>,
    pub code: Option<String>,
    pub category: Option<String>,
    pub unit: String,
    pub superior: Option<String>,
    pub goal_form: bool,
    pub goal: Option<String>,
    pub description: Vec<(String, String)>,
    pub execution_weight: Option<String>,
    pub indicators: Vec<Located<IndicatorEntry>>,
    pub evaluation: Option<EvaluationEntry>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct ProcurementItem {
    /// The value of dimension `item` on its lines.
    pub id: String,
    pub name: String,
    pub catalogue: Option<String>,
    pub project: Option<String>,
    pub budget_item: Option<String>,
    pub budget_figure: Option<Located<String>>,
    pub measure: Option<String>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Asset {
    pub asset: String,
    pub item: Option<String>,
    pub purpose: Option<String>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Text {
    pub title: Option<String>,
    /// Markdown whose stretches are told apart.
    pub body: Prose,
}

/// The disclosure's own word on a term: added, reworded or left out.
#[derive(Debug, Clone)]
pub struct GlossaryItem {
    pub term: Option<Located<String>>,
    /// The functional item it explains.
    pub function: Option<Code>,
    pub text: Option<Prose>,
    pub under: Option<String>,
    pub omit: bool,
    pub span: Span,
}
