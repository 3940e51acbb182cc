//! `tables/*.yaml`: what a table specification can say.

use crate::{
    model::Measure,
    money::AmountUnit,
    period::Stage,
    record,
    source::{Free, Located},
    terms,
};

terms! {
    /// 一栏显示什么
    pub enum Show: "栏的内容" {
        /// 行的名称
        Name = "name",
        /// 编码（合并）
        Code = "code",
        /// 类级编码
        Class = "class",
        /// 款级编码（两位）
        Section = "section",
        /// 项级编码（两位）
        Item = "item",
        /// 金额或数量
        Amount = "amount",
        /// 增减额
        Difference = "difference",
        /// 增减率
        Rate = "rate",
        /// 占合计的比例
        Share = "share",
        /// 完成率
        Completion = "completion",
        /// 行次
        RowNumber = "row_number",
        /// 序号：在本段里的先后
        Ordinal = "ordinal",
        /// 实体的文字字段
        Field = "field",
        /// 固定文字
        Text = "text",
        /// 空栏
        Blank = "blank",
    }
}

terms! {
    /// 逐个列出什么
    pub enum Target: "逐个列出的对象" {
        /// 全部项目
        Projects = "projects",
        /// 有绩效目标表的项目
        GoalProjects = "goal_projects",
        /// 项目的绩效指标
        Indicators = "indicators",
        /// 预算（决算）单位，本级在内
        Members = "members",
        /// 政府采购各项
        Procurement = "procurement",
        /// 国有资产各类
        Assets = "assets",
        /// 文种的类级清单
        Classes = "classes",
        /// 人员各类
        Staff = "staff",
    }
}

terms! {
    /// 空表保留什么
    pub enum Keep: "空表保留" {
        /// 只留表头
        Head = "head",
        /// 留一行空的合计
        Total = "total",
        /// 留一行空行
        Blank = "blank",
        /// 照常列出各行
        Rows = "rows",
    }
}

record! {
    /// tables/*.yaml：一张表
    pub struct TableSpec {
        /// 以哪张表样为底，只写不同之处；写自己的名字即接着所继承文种的同名表样
        extends: Option<Located<String>>,
        /// 表题模板
        title: Located<String>,
        /// 目录里的名称；不写则同表题
        contents: Option<Located<String>>,
        /// 表格编号，代替文种的 table_label
        label: Option<Located<String>>,
        /// 表上左侧一行，代替文种的 table_left
        left: Option<Located<String>>,
        /// 表上右侧一行，代替文种的 table_right
        right: Option<Located<String>>,
        /// 表下的注，逐条
        notes: Vec<Located<String>>,
        /// 金额单位，不写则用样式的单位
        unit: Option<AmountUnit>,
        /// 数字样式，不写则用 table
        style: Option<Located<String>>,
        /// 版面：auto、portrait、landscape
        orientation: Option<Located<String>>,
        /// 表题是否作为标题（列入书签），默认是
        heading: Option<bool>,
        /// 整张表的基准：这些台账行必须恰好落进一行；不写则各块自成基准
        base: Option<Located<BaseSpec>>,
        /// 并排的各块；一般的表只有一块
        blocks: Vec<Located<BlockSpec>>,
        /// 栏次行
        numbers: Option<NumbersSpec>,
        /// 空表的处理；不写则没有金额也照常列出
        empty: Option<EmptySpec>,
        /// 前几栏是行的名目；不写则是数字之前的编码、名称各栏
        head_columns: Option<usize>,
        /// 每个对象各印一张：projects、goal_projects …
        each: Option<Target>,
        /// 填报式表格：逐行逐格
        form: Vec<Vec<FormCell>>,
    }
}

impl TableSpec {
    /// The own words of the title, without what the template puts in: how findings call a table.
    #[must_use]
    pub fn words(&self) -> String {
        let own = |part: &str| part.split_once("}}").map_or(part, |(_, own)| own).to_owned();
        let words: String = self.title.split("{{").map(own).collect();
        let words = words.trim_start_matches("年度").trim_start_matches(['年', '、']);
        words.to_owned()
    }
}

record! {
    /// 一张表的基准
    pub struct BaseSpec {
        /// 取什么数
        measure: Measure,
        /// 条件
        filter: Free<Located<String>>,
        /// 阶段
        stage: Stage,
    }
}

record! {
    /// 并排的一块
    pub struct BlockSpec {
        /// 跨在本块各栏之上的表头
        head: Option<Located<String>>,
        /// 这个表头跨几块（含本块），不写则只跨本块
        head_blocks: Option<usize>,
        /// 取什么数
        measure: Option<Measure>,
        /// 基本条件：这张表只看这些台账行
        filter: Free<Located<String>>,
        /// 取哪个阶段
        stage: Option<Stage>,
        /// 各栏
        columns: Vec<Located<ColumnSpec>>,
        /// 各段行，自上而下；并排的块按段名对齐
        bands: Vec<Located<BandSpec>>,
        /// 行次从几开始；continue 接着前一块
        row_numbers: Option<Located<String>>,
    }
}

record! {
    /// 一栏或一组栏
    pub struct ColumnSpec {
        /// 表头模板
        head: Located<String>,
        /// 下级各栏
        columns: Vec<Located<ColumnSpec>>,
        /// 显示什么
        show: Option<Show>,
        /// 编码和名称取自哪个维度（并列两种编码时写）
        of: Option<Located<String>>,
        /// 追加条件；下级各栏同样受它限制
        filter: Free<Located<String>>,
        /// 取哪个阶段
        stage: Option<Stage>,
        /// 比较的基期（增减额、增减率、完成率）
        base: Option<Stage>,
        /// 代替行的数字：具名数字或表达式
        figure: Option<Located<String>>,
        /// 同级其余各栏的合计：每一行台账都要落进其余各栏之一
        total: Option<bool>,
        /// “其中”栏：不计入合计的划分
        of_which: Option<bool>,
        /// 有数才印这一栏（组）
        occurring: Option<bool>,
        /// 文字字段（show: field），如 project.name；show: amount 时是对象的数字，如 procurement.price
        field: Option<Located<String>>,
        /// 固定文字（show: text）模板
        text: Option<Located<String>>,
        /// 数字样式
        style: Option<Located<String>>,
        /// 相对宽度
        width: Option<u16>,
        /// 相同的相邻各格合并：project、first、second …
        merge: Option<Located<String>>,
        /// 对齐：left、centre、decimal
        align: Option<Located<String>>,
        /// 上下各行数字相同的类级编码每行重复（默认只在本级显示）
        repeat: Option<bool>,
    }
}

record! {
    /// 一段行
    pub struct BandSpec {
        /// 段名；并排的块里同名的段上下对齐
        band: Option<Located<String>>,
        /// 固定的行
        rows: Vec<Located<RowSpec>>,
        /// 按编码层次展开
        codes: Option<CodesSpec>,
        /// 逐个列出
        each: Option<Target>,
        /// 逐个列出时的行名模板（{number} 由程序给出）
        label: Option<Located<String>>,
        /// 行名前的编号方式，如 {一}、，或文种 words 里的名称
        numbering: Option<String>,
        /// 只列有数的行
        occurring: Option<bool>,
        /// 追加条件
        filter: Free<Located<String>>,
        /// 空行的数目
        blank: Option<usize>,
        /// 段里的行不要求穷尽台账（如“其中”行）
        partial: Option<bool>,
        /// 行名的缩进
        indent: Option<u8>,
    }
}

record! {
    /// 固定的一行
    pub struct RowSpec {
        /// 行名模板
        label: Located<String>,
        /// 本行的数字：具名数字或表达式；不写则用块的 measure
        figure: Option<Located<String>>,
        /// 追加条件
        filter: Free<Located<String>>,
        /// 合计行
        total: Option<bool>,
        /// 只有名称，没有数
        bare: Option<bool>,
        /// 缩进
        indent: Option<u8>,
        /// “其中”行：不计入本段的划分
        of_which: Option<bool>,
        /// 行名从本块第一栏起跨几栏；可以跨到右邻的块
        across: Option<usize>,
        /// 各栏的文字，按栏的字段名或表头（用于没有数的栏）
        texts: Free<Located<String>>,
    }
}

record! {
    /// 按编码展开
    pub struct CodesSpec {
        /// 哪种编码：function、economic、government
        by: Located<String>,
        /// 列出的级次：1 类、2 款、3 项
        levels: Vec<u8>,
        /// 列出这些编码之下的全部已知编码，没有数的也列
        under: Vec<Located<String>>,
        /// 每级缩进
        indent: Option<bool>,
        /// 同时列示的另一种编码（部门与政府经济分类对照）
        with: Option<Located<String>>,
        /// 各类的编号方式，如 {一}、
        numbering: Option<String>,
    }
}

record! {
    /// 栏次行
    pub struct NumbersSpec {
        /// 行名（栏次）
        label: Located<String>,
        /// 从第几栏开始编号（从 1 数）；不写则从第一个数字栏
        from: Option<usize>,
        /// 行名跨几栏；0 为没有行名
        span: Option<usize>,
        /// 每块另起
        restart: Option<bool>,
        /// 名称栏也编号
        all: Option<bool>,
    }
}

record! {
    /// 空表
    pub struct EmptySpec {
        /// 保留什么
        keep: Keep,
        /// 空表说明模板，代替表下的注
        statement: Located<String>,
    }
}

record! {
    /// 填报式表格的一格
    pub struct FormCell {
        /// 固定文字模板
        text: Option<Located<String>>,
        /// 文字字段，如 project.name
        field: Option<Located<String>>,
        /// 数字表达式，带阶段
        figure: Option<Located<String>>,
        /// 写了就印 figure 占这个阶段的完成率
        base: Option<Stage>,
        /// 数字样式
        style: Option<Located<String>>,
        /// 是名目（表头）
        head: Option<bool>,
        /// 跨几栏
        span: Option<usize>,
        /// 跨几行；indicators 表示跨全部指标行
        down: Option<Located<String>>,
        /// 这一行起逐个列出指标，各格写字段
        each: Option<Target>,
        /// 相同的相邻各格合并
        merge: Option<Located<String>>,
        /// 对齐：left、centre、decimal
        align: Option<Located<String>>,
        /// 相对宽度（只在第一行写）
        width: Option<u16>,
    }
}
