//! The codes of the compiler's own findings, with the page `gen explain` prints. Rules of `check` carry theirs.

use super::finding::Severity;

/// The manual page of a code. Texts are in Chinese, for finance officers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub code: &'static str,
    pub severity: Severity,
    pub title: &'static str,
    /// What it means and why it matters.
    pub meaning: &'static str,
    /// How to mend it.
    pub remedy: &'static str,
    /// 法规或规则出处; empty where there is none.
    pub basis: &'static str,
}

const fn error(code: &'static str, title: &'static str, meaning: &'static str, remedy: &'static str) -> Entry {
    Entry { code, severity: Severity::Error, title, meaning, remedy, basis: "" }
}

const fn advice(code: &'static str, title: &'static str, meaning: &'static str, remedy: &'static str) -> Entry {
    Entry { code, severity: Severity::Advice, title, meaning, remedy, basis: "" }
}

/// All codes of the compiler: S sources, M model, F figures, T tables, E templates, D document.
pub const CATALOGUE: &[Entry] = &[
    error("S001", "缺少文件", "公开材料需要的文件不存在或读不到。", "按提示的路径补上文件，或改正引用它的写法。"),
    error(
        "S002",
        "文件编码不是 UTF-8",
        "文件里有不能按 UTF-8 读出的字节，常见原因是用 GBK 保存。",
        "用编辑器“另存为”，编码选 UTF-8。",
    ),
    error("S003", "文件过大", "单个来源文件超过上限。", "台账拆成几份，或检查是否放错了文件。"),
    error("S004", "缩进用了制表符或特殊空格", "YAML 的缩进只能用半角空格。", "把行首的制表符、全角空格换成半角空格。"),
    error("S005", "键后用了全角冒号", "YAML 的键和值之间要用半角冒号加一个空格。", "把“：”改成“: ”。"),
    error(
        "S006",
        "用了锚点、别名、标签或合并键",
        "来源文件不用 &、*、!! 和 <<：同一事实只写一次。",
        "把值直接写出来；以符号开头的文字加引号。",
    ),
    error(
        "S007",
        "文件结构过深或过大",
        "节点数或层数超过上限，多半不是正常的台账。",
        "检查文件是否被破坏，必要时拆分。",
    ),
    error("S008", "YAML 语法错误", "文件不是合法的 YAML，无法继续读。", "按标出的位置检查缩进、引号和括号。"),
    error("S009", "键重复", "同一组里同一个键写了两次，无法判断以哪个为准。", "删去其中一个。"),
    error("S010", "不认识的键", "写了程序不认识的键，多半是拼写错误。", "按提示改正；各文件能用的键见 gen schema。"),
    error("S011", "缺少必填的键", "少了必须写的键。", "补上该键。"),
    error("S012", "结构不对", "此处应是列表、一组键值或单个值，写成了别的。", "对照 gen schema 或示例改正写法。"),
    error("S013", "不认识的用语", "值不在法定或约定用语之内。", "改成列出的用语之一。"),
    error("S014", "值的写法不对", "值不是该键要求的形式。", "按提示改写。"),
    error(
        "S015",
        "金额写法不对",
        "金额只能用半角数字、正确的千分位和规定位数的小数。",
        "按提示改写；文件的单位在 unit 一行写明。",
    ),
    error("S016", "路径离开了工作区", "路径或链接指向工作区之外，不予读取。", "把文件放进工作区，用相对路径引用。"),
    error(
        "M001",
        "科目编码与名称不符",
        "该编码在科目表里是另一个名称。",
        "核对当年《政府收支分类科目》，改正编码或名称。",
    ),
    advice(
        "M002",
        "科目表里没有的编码",
        "编码不在内置科目表里，已按所写名称采用。",
        "确认无误后可把它补进 data/accounts/。",
    ),
    error(
        "M003",
        "未知编码且没有名称",
        "编码不在科目表里，又没有写名称，表格无法列示。",
        "写成“编码 名称”，或补进 data/accounts/。",
    ),
    error("M004", "编码写法不对", "科目编码的位数不对或含有非数字。", "功能分类写 3、5、7 位，经济分类写 3、5 位。"),
    error("M005", "引用了不存在的对象", "所引用的单位、项目等没有定义。", "改正引用，或先定义它。"),
    error(
        "M006",
        "文字中有未声明的数字",
        "文字里的数字既不是引用，也不是日期、文号，又没有声明为原文数字。",
        "能由台账算出的用 [[地址]] 引用；确属原文数字的写成 [[=数字]]。",
    ),
    error("M007", "文字中的引用写法不对", "[[ ]] 里的内容无法理解。", "引用写 [[地址]]，原文数字写 [[=数字]]。"),
    error(
        "M008",
        "阶段不适用",
        "该阶段不属于这一类公开（预算或决算）。",
        "预算用 本年预算、上年预算、上年执行；决算用 年初预算、全年预算、决算、上年决算。",
    ),
    advice(
        "M009",
        "所属单位的台账不齐，汇总不出",
        "部门的数要各所属单位都有台账、都完整反映某个阶段才能汇总，其中一个没有。没有台账不等于没有发生，按未知处理。",
        "请该单位补齐台账，没有发生的也写明；补不齐的，在部门的 stated.yaml 里给出总数。",
    ),
    error(
        "M010",
        "部门内部往来两边不等",
        "一个所属单位付给另一个所属单位的钱，与对方收到的不等；汇总时要对销，不等就对不平。",
        "两个单位对账后改正台账；往来双方都要写 counterparty。",
    ),
    error("F001", "地址无法解析", "数字地址写错，或没有这样的数字。", "按提示的候选改正。"),
    error("F002", "地址有歧义", "地址可以理解为几个数字。", "写全维度，或换成其中一个候选。"),
    error("F003", "台账行缺少所需的维度", "表格或数字需要按某一维度取数，有的台账行没有写。", "给列出的行补上该维度。"),
    error(
        "F004",
        "引定数与台账并存",
        "该数字已有台账行覆盖，又另行给出，且没有说明。",
        "删去引定数；确需并列的，在 disclosure.yaml 的 waivers 里写明理由。",
    ),
    error("F005", "单位不同的数不能合计", "公式里混用了金额和数量。", "分别取数。"),
    error(
        "T001",
        "台账行没有归入任何一格",
        "表格的行或列没有覆盖全部台账行，金额会凭空消失。",
        "检查该行的编码和性质，或在表样里补上对应的行、列。",
    ),
    error("T002", "台账行归入了多格", "同一台账行落进同一张表的两格，会重复计算。", "检查表样里行、列的取数条件。"),
    error("T003", "表样写法不对", "表格规格（tables/*.yaml）有误。", "按提示改正表样。"),
    error("T004", "图样写法不对", "图形规格（charts/*.yaml）有误。", "按提示改正图样。"),
    error("E001", "模板错误", "章节模板无法展开。", "按标出的位置改正模板。"),
    error(
        "E002",
        "模板里有未声明的数字",
        "模板文字里直接写了数字；数字必须来自引用、编码、日期或声明的原文数字。",
        "改用 figure() 等引用；固定数字用 literal()。",
    ),
    error(
        "E003",
        "模板用了不支持的 Markdown",
        "章节里有原始 HTML、图片、代码等无法排版的内容。",
        "改用标题、段落、列表、强调和引用。",
    ),
    error("E004", "缺少用语", "文种的 wording 没有写某种情形的说法。", "在 profile.yaml 的 wording 里补上该情形。"),
    error(
        "D001",
        "文档结构错误",
        "编译出的文档结构不完整，多半是表样或章节顺序有误。",
        "按提示检查表样的跨行跨列和标题层级。",
    ),
    error(
        "D002",
        "字体缺字",
        "文字里有内置字体没有的字，排版会留空。",
        "核对该字；确需使用的，用 --font-path 提供含有它的字体。",
    ),
    error("D003", "排版失败", "PDF 排版没有成功。", "按提示改正；若与数据无关，请报告此问题。"),
    error("W001", "失效的豁免", "waivers 里的一条不再对应任何问题。", "删去这条豁免，或改正它的规则与数字。"),
];

/// The entry of a code of the compiler.
#[must_use]
pub fn entry(code: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|entry| entry.code == code)
}
