//! Where rules come from, named once.

pub(super) const LAW_14: &str = "《预算法》第十四条";
pub(super) const LAW_BALANCE: &str = "《预算法》第十二条、第三十五条";
pub(super) const REGULATION_6: &str = "《预算法实施条例》第六条";
pub(super) const PRACTICE: &str = "《地方预决算公开操作规程》（财预〔2016〕143号）";
pub(super) const UNITS: &str = "财预〔2021〕29号";
pub(super) const OPENNESS: &str = "中办发〔2016〕13号";
pub(super) const GRASSROOTS: &str = "基层政务公开标准目录（财政预决算领域）";
pub(super) const ACCOUNTS: &str = "当年《政府收支分类科目》";
pub(super) const REPORTS: &str = "部门决算报表勾稽关系";
pub(super) const BUDGET_FORMS: &str = "部门预算报表勾稽关系";
pub(super) const EVALUATION: &str = "《项目支出绩效评价管理办法》（财预〔2020〕10号）";
pub(super) const GOALS: &str = "《中央部门预算绩效目标管理办法》（财预〔2015〕88号），各地参照";
pub(super) const SME: &str = "《政府采购促进中小企业发展管理办法》（财库〔2020〕46号）";
pub(super) const PUNCTUATION: &str = "《标点符号用法》（GB/T 15834—2011）";
pub(super) const NUMERALS: &str = "《出版物上数字用法》（GB/T 15835—2011）";
pub(super) const PERSONAL: &str = "《个人信息保护法》；《政府信息公开条例》第十五条";
pub(super) const SECRETS: &str = "《保守国家秘密法》；《政府信息公开条例》第十四条";
