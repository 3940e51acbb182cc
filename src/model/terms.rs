//! Terms of the law as closed lists.

use crate::terms;

terms! {
    /// 公开范围
    pub enum Scope: "公开范围" {
        /// 含所属单位汇总
        Department = "部门",
        /// 单个单位
        Unit = "单位",
    }
}

terms! {
    /// 单位性质
    pub enum Nature: "单位性质" {
        Administrative = "行政单位",
        CivilServiceLike = "参照公务员法管理事业单位",
        PublicFirst = "公益一类事业单位",
        PublicSecond = "公益二类事业单位",
        Public = "事业单位",
        Other = "其他",
    }
}

terms! {
    /// 支出性质
    pub enum LineKind: "支出性质" {
        Personnel = "基本·人员",
        Operating = "基本·公用",
        Project = "项目",
        Business = "经营",
        ToSuperior = "上缴上级",
        ToSubordinate = "对附属单位补助",
    }
}

impl LineKind {
    /// 基本支出 = 人员 + 公用.
    pub const BASIC: &[Self] = &[Self::Personnel, Self::Operating];
}

terms! {
    /// 资金性质
    pub enum Fund: "资金性质" {
        General = "一般公共预算",
        Governmental = "政府性基金",
        StateCapital = "国有资本经营",
        SpecialAccount = "财政专户",
        Own = "单位资金",
    }
}

impl Fund {
    /// 财政拨款.
    pub const APPROPRIATION: &[Self] = &[Self::General, Self::Governmental, Self::StateCapital];
}

terms! {
    /// 资金来源年度
    pub enum Origin: "资金来源年度" {
        Current = "当年",
        CarriedOver = "上年结转",
        OwnSurplus = "使用非财政拨款结余",
    }
}

terms! {
    /// 收入来源
    pub enum IncomeSource: "收入来源" {
        Appropriation = "财政拨款收入",
        SpecialAccount = "财政专户管理资金收入",
        Operations = "事业收入",
        Superior = "上级补助收入",
        Subordinate = "附属单位上缴收入",
        Business = "经营收入",
        Other = "其他收入",
    }
}

terms! {
    /// 结转结余项目
    pub enum BalanceItem: "结转结余项目" {
        Opening = "年初结转和结余",
        OwnSurplusUsed = "使用非财政拨款结余",
        Distribution = "结余分配",
        Closing = "年末结转和结余",
    }
}

terms! {
    /// 政府采购品目类别
    pub enum ProcurementCategory: "政府采购类别" {
        Goods = "货物",
        Works = "工程",
        Services = "服务",
    }
}
