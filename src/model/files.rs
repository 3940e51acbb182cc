//! The source files of one disclosure, key by key, as the user writes them.
//!
//! The doc comments of keys are the descriptions of the JSON Schema, hence Chinese.

use crate::{
    money::AmountUnit,
    period::{FiscalYear, Kind, Stage},
    record,
    source::{Free, Located},
};

use super::{
    scalar::{CodeText, Day, Written},
    terms::{BalanceItem, Fund, IncomeSource, LineKind, Nature, Origin, ProcurementCategory, Scope},
};

record! {
    /// disclosure.yaml：公开什么、按哪个文种、何时公开
    pub struct DisclosureFile {
        /// 公开种类：预算或决算
        kind: Kind,
        /// 公开范围：部门（含所属单位汇总）或单位
        scope: Scope,
        /// 预算年度，如 2024
        year: Located<FiscalYear>,
        /// 文种（templates/profiles 下的文件夹名）
        profile: Located<String>,
        /// 标题；不写则由文种拟定
        title: Option<String>,
        /// 批复日期
        approved: Option<Located<Day>>,
        /// 公开日期，也是文件里唯一的日期
        released: Option<Located<Day>>,
        /// 封面落款（审查、签发等），逐行
        signoff: Vec<String>,
        /// 上年同类公开的文件夹名
        previous: Option<Located<String>>,
        /// 豁免：明知不一致而照此公开的数字与理由
        waivers: Vec<WaiverEntry>,
        /// 不公开的表格或章节及其依据
        withheld: Vec<WithheldEntry>,
        /// 打开文种里可选的部分（如附表）
        options: Vec<Located<String>>,
    }
}

record! {
    /// 一条豁免
    pub struct WaiverEntry {
        /// 规则编码，如 F004
        rule: Located<String>,
        /// 数字地址
        figure: Located<String>,
        /// 理由
        reason: String,
    }
}

record! {
    /// 一项不公开内容
    pub struct WithheldEntry {
        /// 表样的文件名（tables 下，不带 .yaml）
        table: Located<String>,
        /// 依据
        basis: String,
    }
}

record! {
    /// unit.yaml：单位基本情况
    pub struct UnitFile {
        /// 单位全称
        name: Located<String>,
        /// 简称，第一个用于正文
        short_names: Vec<String>,
        /// 单位（部门）编码
        code: Option<String>,
        /// 所在地区
        region: Option<String>,
        /// 主管部门
        superior: Option<String>,
        /// 单位性质
        nature: Option<Nature>,
        /// 单位规格，如 正科级
        rank: Option<String>,
        /// 经费保障形式
        funding: Option<String>,
        /// 机构定位的一句话，如“县政府工作部门，为正科级、一级预算单位”
        standing: Option<String>,
        /// 职责的引语
        duties_lead: Option<Located<String>>,
        /// 主要职责，逐条
        duties: Vec<Located<String>>,
        /// 内设机构名称
        divisions: Vec<String>,
        /// 机构设置的补充说明
        establishment: Option<Located<String>>,
        /// 预算（决算）单位构成；本级也列在内
        members: Vec<MemberEntry>,
        /// 人员情况
        staff: Vec<StaffEntry>,
        /// 联系方式：只写科室和渠道，不写姓名
        contact: Option<ContactEntry>,
    }
}

record! {
    /// 一个所属单位（或本级）
    pub struct MemberEntry {
        /// 代号（ASCII），台账的 unit 引用它
        id: Located<String>,
        /// 单位名称
        name: String,
        /// 单位编码
        code: Option<String>,
        /// 单位性质
        nature: Option<Nature>,
        /// 单位规格
        rank: Option<String>,
        /// 经费保障形式
        funding: Option<String>,
        /// 所属单位自己的公开文件夹（部门汇总时）
        disclosure: Option<Located<String>>,
    }
}

record! {
    /// 一类人员的数量
    pub struct StaffEntry {
        /// 类别，如 事业编制、在职、离休、退休
        item: Located<String>,
        /// 人数
        count: Located<Written>,
        /// 所属单位代号
        unit: Option<Located<String>>,
        /// 统计的阶段，不写则为本年
        stage: Option<Stage>,
    }
}

record! {
    /// 联系方式
    pub struct ContactEntry {
        /// 科室
        office: Option<String>,
        /// 反馈渠道
        channel: Option<String>,
    }
}

record! {
    /// ledgers/*.yaml：台账
    pub struct LedgerFile {
        /// 本文件金额的单位：元或万元
        unit: AmountUnit,
        /// 本文件完整反映的阶段；这些阶段里没写的金额就是没有发生
        stages: Vec<Located<Stage>>,
        /// 各行共有的维度，行内另写的优先
        defaults: Option<Located<LedgerEntry>>,
        /// 台账行
        lines: Vec<Located<LedgerEntry>>,
    }
}

record! {
    /// 台账的一行：维度和金额
    pub struct LedgerEntry {
        /// 所属单位代号
        unit: Option<Located<String>>,
        /// 支出功能分类，如 2080109 社会保险经办机构
        function: Option<Located<CodeText>>,
        /// 支出性质
        kind: Option<LineKind>,
        /// 部门预算支出经济分类，如 30101 基本工资
        economic: Option<Located<CodeText>>,
        /// 政府预算支出经济分类
        government: Option<Located<CodeText>>,
        /// 资金性质
        fund: Option<Fund>,
        /// 资金来源年度：当年、上年结转等
        origin: Option<Origin>,
        /// 项目（projects 下的文件名）
        project: Option<Located<String>>,
        /// 往来的另一方单位代号
        counterparty: Option<Located<String>>,
        /// 收入来源（收入台账）
        source: Option<IncomeSource>,
        /// 结转结余项目（结余台账）
        balance: Option<BalanceItem>,
        /// 金额；属于 stages 的第一个阶段
        amount: Written,
        /// 各阶段金额
        amounts: Free<Written>,
        /// 备注，不公开
        note: Option<String>,
    }
}

record! {
    /// ledgers/stated.yaml：只掌握总数、没有明细的数字
    pub struct StatedFile {
        /// 金额单位
        unit: AmountUnit,
        /// 逐个数字
        figures: Vec<Located<StatedEntry>>,
    }
}

record! {
    /// 一个引定数：给出金额，或只给出比另一阶段多多少
    pub struct StatedEntry {
        /// 数字地址，含阶段
        figure: Located<String>,
        /// 金额或数量
        amount: Written,
        /// 只知道增减额时：相对的阶段（本数 = 该阶段的数 − 增减额）
        difference_from: Option<Stage>,
        /// 备注，不公开
        note: Option<String>,
    }
}

record! {
    /// ledgers/procurement.yaml：政府采购
    pub struct ProcurementFile {
        /// 金额单位
        unit: AmountUnit,
        /// 本文件完整反映的阶段
        stages: Vec<Located<Stage>>,
        /// 采购项目
        items: Vec<Located<ProcurementEntry>>,
    }
}

record! {
    /// 一项采购
    pub struct ProcurementEntry {
        /// 采购物品（项目）名称
        name: String,
        /// 货物、工程或服务
        category: ProcurementCategory,
        /// 政府采购目录编号
        catalogue: Option<String>,
        /// 所属项目（projects 下的文件名）
        project: Option<Located<String>>,
        /// 没有项目文件的资金来源名称（如 日常公用经费）
        budget_item: Option<String>,
        /// budget_item 的预算资金对应的数字地址
        budget_figure: Option<Located<String>>,
        /// 支出功能分类
        function: Option<Located<CodeText>>,
        /// 资金性质
        fund: Option<Fund>,
        /// 资金来源年度
        origin: Option<Origin>,
        /// 所属单位代号
        unit: Option<Located<String>>,
        /// 计量单位
        measure: Option<String>,
        /// 数量
        quantity: Written,
        /// 单价
        price: Written,
        /// 金额
        amount: Written,
        /// 预留中小微企业份额
        reserved: Written,
        /// 授予中小企业合同金额
        sme: Written,
        /// 其中：授予小微企业合同金额
        micro: Written,
    }
}

record! {
    /// ledgers/assets.yaml：国有资产占用
    pub struct AssetsFile {
        /// 价值的单位
        unit: AmountUnit,
        /// 截止日期；写上就表示 items 列全了，没有列的就是没有
        as_of: Option<Located<Day>>,
        /// 资产，按文种规定的种类
        items: Vec<Located<AssetEntry>>,
    }
}

record! {
    /// 一类资产
    pub struct AssetEntry {
        /// 大类：车辆、房屋、设备、其他固定资产 …
        asset: Located<String>,
        /// 细类：机要通信用车、办公用房 …
        item: Option<String>,
        /// 数量（辆、台、套）
        count: Written,
        /// 面积（平方米）
        area: Written,
        /// 价值
        value: Written,
        /// 用途说明
        purpose: Option<String>,
        /// 所属单位代号
        unit: Option<Located<String>>,
    }
}

record! {
    /// ledgers/three-public.yaml：“三公”经费的数量和法定细分
    pub struct ThreePublicFile {
        /// 金额单位
        unit: AmountUnit,
        /// 数量：团组、人次、车辆、批次
        counts: Vec<Located<ThreePublicCountEntry>>,
        /// 细分金额：教学科研与其他出国，国内与国（境）外接待
        parts: Vec<Located<ThreePublicPartEntry>>,
        /// 开支内容的说明，按项目
        purposes: Free<Located<String>>,
    }
}

record! {
    /// 一个数量
    pub struct ThreePublicCountEntry {
        /// 数量名称，如 因公出国（境）团组、国内接待批次
        item: Located<String>,
        /// 数量
        count: Written,
        /// 阶段，不写则为本年
        stage: Option<Stage>,
    }
}

record! {
    /// 一个细分金额
    pub struct ThreePublicPartEntry {
        /// “三公”项目，如 公务接待费
        item: Located<String>,
        /// 细分，如 国内接待费
        part: Located<String>,
        /// 资金性质
        fund: Option<Fund>,
        /// 金额
        amount: Written,
        /// 阶段，不写则为本年
        stage: Option<Stage>,
    }
}

record! {
    /// reasons.yaml：变动原因
    pub struct ReasonsFile {
        /// 逐个数字
        reasons: Vec<Located<ReasonEntry>>,
    }
}

record! {
    /// 一个变动原因：text 和 items 二者选一
    pub struct ReasonEntry {
        /// 数字地址，含阶段
        figure: Located<String>,
        /// 比较的基期
        base: Stage,
        /// 原因，不带“主要是”和句号
        text: Option<Located<String>>,
        /// 逐条原因，印成“一是…二是…”
        items: Vec<Located<String>>,
    }
}

record! {
    /// projects/*.yaml：一个项目
    pub struct ProjectFile {
        /// 项目名称
        name: Located<String>,
        /// 项目编码
        code: Option<String>,
        /// 项目类别
        category: Option<String>,
        /// 承担单位代号
        unit: Option<Located<String>>,
        /// 主管部门；不写则用单位的主管部门
        superior: Option<String>,
        /// 在表格里的先后，小的在前
        order: Option<u32>,
        /// 金额单位；写了 funding 才需要
        money_unit: Option<AmountUnit>,
        /// 台账没有反映的项目资金；同一阶段写了就不再从台账取
        funding: Vec<Located<LedgerEntry>>,
        /// 是否公开绩效目标（自评）表，默认公开
        goal_form: Option<bool>,
        /// 年度总体目标
        goal: Option<String>,
        /// 项目概况等固定小标题下的文字，按标题
        description: Free<String>,
        /// 预算执行率权重或分值
        execution_weight: Option<String>,
        /// 绩效指标
        indicators: Vec<Located<IndicatorEntry>>,
        /// 绩效自评（决算）
        evaluation: Option<EvaluationEntry>,
    }
}

record! {
    /// 一个绩效指标
    pub struct IndicatorEntry {
        /// 一级指标
        first: String,
        /// 二级指标
        second: String,
        /// 三级指标
        name: String,
        /// 指标说明
        description: Option<String>,
        /// 性质：≥、≤、=、定性，或 正向、反向
        nature: Option<String>,
        /// 方向：大于等于、小于等于、等于
        direction: Option<String>,
        /// 指标值
        value: Option<String>,
        /// 本年指标值，与指标值不同时写
        value_this_year: Option<String>,
        /// 计量单位
        measure: Option<String>,
        /// 权重或分值
        weight: Option<String>,
        /// 本年权重，与权重不同时写
        weight_this_year: Option<String>,
        /// 指标值确定依据
        basis: Option<String>,
        /// 实际完成值
        actual: Option<String>,
        /// 得分
        score: Option<String>,
        /// 偏差原因分析及改进措施
        deviation: Option<String>,
    }
}

record! {
    /// 项目自评
    pub struct EvaluationEntry {
        /// 自评总分
        score: Option<String>,
        /// 预算执行得分
        execution_score: Option<String>,
        /// 自评等级
        grade: Option<String>,
        /// 目标实际完成情况
        outcome: Option<String>,
        /// 绩效目标完成情况综述
        summary: Option<String>,
        /// 发现的主要问题及原因
        problems: Option<String>,
        /// 下一步改进措施
        measures: Option<String>,
    }
}

record! {
    /// glossary.yaml：名词解释的增补、改写和删去
    pub struct GlossaryFile {
        /// 逐条
        entries: Vec<Located<GlossaryEntry>>,
    }
}

record! {
    /// 名词解释的一条
    pub struct GlossaryEntry {
        /// 词条；与文种的词条同名则改写它
        term: Option<Located<String>>,
        /// 所解释的支出功能分类项级编码
        function: Option<Located<CodeText>>,
        /// 解释
        text: Option<Located<String>>,
        /// 归在哪个小标题之下
        under: Option<String>,
        /// 不印文种的这一条
        omit: Option<bool>,
    }
}
