//! `profile.yaml`, chart specifications and the glossary bank, key by key.

use crate::{
    document::ChartKind,
    money::AmountUnit,
    period::Kind,
    read_terms, record,
    source::{Free, Located},
};

record! {
    /// profile.yaml：一个地区（文种）的公开样式
    pub struct ProfileFile {
        /// 继承的文种；本文件只写不同之处
        extends: Option<Located<String>>,
        /// 适用的公开种类
        kind: Kind,
        /// 文种的说明
        about: Option<String>,
        /// 标题模板
        title: Located<String>,
        /// 封面各行的模板；不写则没有封面
        cover: Vec<Located<String>>,
        /// 封面下方各行的模板
        cover_foot: Vec<Located<String>>,
        /// 各部分及其次序
        parts: Vec<Located<PartSpec>>,
        /// 目录标题；不写则没有目录
        contents: Option<String>,
        /// 标题和条目的编号方式
        numbering: Numbering,
        /// 数字样式，按名称
        styles: Free<StyleFile>,
        /// 说法：各种比较情形的句子，按用途和情形
        changes: Free<Free<Located<String>>>,
        /// 其他说法，按名称
        words: Free<Located<String>>,
        /// 支出功能分类的类级清单及其次序，“编码 名称”
        classes: Vec<Located<String>>,
        /// 科目名称的地区写法，按编码
        names: Free<String>,
        /// 表格上方左侧一行的模板
        table_left: Option<Located<String>>,
        /// 表格上方右侧一行的模板
        table_right: Option<Located<String>>,
        /// 表格编号的模板
        table_label: Option<Located<String>>,
        /// PDF 里表格跨页时，后面各页页首的话，如 续表、{title}（续）；不写则没有
        table_continued: Option<String>,
        /// 正文金额的单位
        unit: AmountUnit,
        /// 名词解释的词条（次序即印出的次序）
        glossary: Vec<Located<BankEntry>>,
        /// 当地样式本来如此、各份公开都不必再报的问题
        waivers: Vec<Located<LocalForm>>,
    }
}

record! {
    /// 当地样式与规则不合的一处
    pub struct LocalForm {
        /// 规则编码
        rule: Located<String>,
        /// 报告里“数字”一行
        figure: Located<String>,
        /// 理由
        reason: String,
    }
}

record! {
    /// 一个部分
    pub struct PartSpec {
        /// 章节模板的文件名（chapters 下，不带 .md）
        chapter: Located<String>,
        /// 部分的标题模板；不写则没有部分标题
        title: Option<Located<String>>,
        /// 目录列到什么：headings、tables、both 或 none
        contents: Option<Located<String>>,
        /// 本部分是否另起一页
        page_break: Option<bool>,
        /// 只在公开打开这个选项时才有
        option: Option<String>,
        /// 公开打开这个选项时就没有
        without: Option<String>,
    }
}

record! {
    /// 编号方式：{一} 为汉字数字，{1} 为阿拉伯数字，{01} 为两位阿拉伯数字；不写则不编号
    pub struct Numbering {
        /// 第一级：部分
        part: Option<String>,
        /// 第二级
        section: Option<String>,
        /// 第三级
        subsection: Option<String>,
        /// 第四级
        paragraph: Option<String>,
        /// 列表条目
        item: Option<String>,
        /// 下一层列表条目
        subitem: Option<String>,
        /// 目录里的表格
        table: Option<String>,
        /// 列入目录的表格右上方的编号，如 公开{01}表
        table_label: Option<String>,
        /// 图的编号，如 图{1}：
        chart: Option<String>,
    }
}

record! {
    /// 一种数字样式
    pub struct StyleFile {
        /// 以另一种样式为底
        like: Option<Located<String>>,
        /// 金额的单位
        unit: Option<AmountUnit>,
        /// 小数位数
        decimals: Option<u8>,
        /// 是否用千分位
        grouping: Option<bool>,
        /// 是否保留末尾的零
        trailing_zeros: Option<bool>,
        /// 零的写法；空文字即留空
        zero: Option<String>,
        /// 未知的写法
        unknown: Option<String>,
        /// 增减率的基数为零时的写法；不写则同未知
        zero_base: Option<String>,
        /// 数字后面的文字，如 万元、%
        suffix: Option<String>,
        /// 是否只写绝对值
        absolute: Option<bool>,
    }
}

/// What an unknown prints as where a style does not say otherwise.
pub const UNKNOWN: &str = "未知";

/// A finished number style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// Unit of amounts.
    pub unit: AmountUnit,
    pub decimals: u32,
    pub grouping: bool,
    pub trailing_zeros: bool,
    /// What a zero prints as; none: as any number.
    pub zero: Option<String>,
    /// What an unknown prints as.
    pub unknown: String,
    /// What a rate over a base of zero prints as; empty: as an unknown.
    pub zero_base: String,
    pub suffix: String,
    pub absolute: bool,
}

record! {
    /// charts/*.yaml：一张图
    pub struct ChartSpec {
        /// 图题模板
        caption: Located<String>,
        /// 图形：pie、bars 或 rows
        kind: ChartKind,
        /// 数值样式
        style: Option<Located<String>>,
        /// 饼图的整体；不写则各点相加之前的那个数字
        whole: Option<Located<String>>,
        /// 各数据点
        points: Vec<Located<PointSpec>>,
        /// 图题下的单位一行
        unit_line: Option<Located<String>>,
        /// 替代文字的引语模板；数据由程序接在后面
        alt: Option<Located<String>>,
    }
}

record! {
    /// 一个或一组数据点
    pub struct PointSpec {
        /// 名称模板；按维度展开时不写
        label: Option<Located<String>>,
        /// 数字（表达式），带阶段
        figure: Located<String>,
        /// 按这个维度展开：function、economic、source …
        by: Option<Located<String>>,
        /// 展开编码时的级次：1 类、2 款、3 项
        level: Option<u8>,
        /// 分组（如年度）模板
        group: Option<Located<String>>,
    }
}

record! {
    /// 名词解释的一条
    pub struct BankEntry {
        /// 词条模板
        term: Located<String>,
        /// 解释模板
        text: Located<String>,
        /// 用到这个数字（不为零）才印；不写则总是印
        when: Option<Located<String>>,
        /// 词条所在的组
        group: Option<String>,
    }
}

impl ChartKind {
    /// All kinds.
    pub const ALL: &[Self] = &[Self::Pie, Self::Bars, Self::Rows];

    /// The word in chart specifications.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Pie => "pie",
            Self::Bars => "bars",
            Self::Rows => "rows",
        }
    }

    /// The kind a word stands for.
    #[must_use]
    pub fn from_term(term: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.term() == term)
    }
}

read_terms!(ChartKind, "图形种类");
