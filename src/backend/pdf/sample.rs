//! A disclosure made up for tests: every kind of block, and every kind of table that is hard to set.

use crate::document::{
    Align, Block, Cell, CellKind, Chart, ChartKind, Column, Contents, ContentsEntry, Document, Figure, FigureKind,
    Heading, Id, Inline, List, ListItem, Meta, Orientation, Paragraph, ParagraphRole, Point, Row, RowRole, Table,
};

fn id(text: &str) -> Id {
    Id(text.to_owned())
}

pub(crate) fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

pub(crate) fn body(words: &str) -> Block {
    Block::Paragraph(Paragraph { role: ParagraphRole::Body, inlines: text(words) })
}

fn note(words: &str) -> Paragraph {
    Paragraph { role: ParagraphRole::Note, inlines: text(words) }
}

pub(crate) fn heading(level: u8, anchor: &str, number: &str, words: &str) -> Block {
    Block::Heading(Heading {
        id: id(anchor),
        level,
        number: number.to_owned(),
        text: text(words),
        page_break: level == 1,
    })
}

/// Cells of one row, divided by `|`; `甲>2` spans two columns, `甲v3` three rows, leading `.` indent.
fn row(role: RowRole, line: &str) -> Row {
    Row { role, cells: line.split('|').map(|cell| self::cell(role, cell)).collect() }
}

fn cell(role: RowRole, source: &str) -> Cell {
    let (source, rowspan) = span(source, 'v');
    let (source, colspan) = span(source, '>');
    let words = source.trim_start_matches('.');
    let indent = u8::try_from(source.len() - words.len()).unwrap_or(0);
    let figure = words.starts_with(|first: char| first.is_ascii_digit() || first == '-') && words.contains('.');
    let kind = match (role, words, figure) {
        (RowRole::Head | RowRole::Numbers | RowRole::Subhead, _, _) => CellKind::Head,
        (_, "", _) => CellKind::Blank,
        (_, _, true) => CellKind::Amount,
        (_, _, false) => CellKind::Text,
    };
    let (indent, words) = if words.is_empty() { (0, source) } else { (indent, words) };
    Cell { colspan, rowspan, indent, ..Cell::plain(kind, words) }
}

fn span(source: &str, mark: char) -> (&str, usize) {
    source.rsplit_once(mark).and_then(|(words, count)| Some((words, count.parse().ok()?))).unwrap_or((source, 1))
}

/// A table from lines; `columns` holds one letter a column: `l`, `c` or `d`, capitals are wide.
pub(crate) fn table(anchor: &str, title: &str, columns: &str, head: &[&str], body: Vec<Row>) -> Table {
    let column = |letter: char| Column {
        align: match letter.to_ascii_lowercase() {
            'l' => Align::Left,
            'c' => Align::Centre,
            _ => Align::Decimal,
        },
        width: if letter.is_ascii_uppercase() { 3 } else { 1 },
    };
    Table {
        id: id(anchor),
        title: title.to_owned(),
        title_level: Some(2),
        label: String::new(),
        caption_left: "部门名称：青岚水乡自治县社会保险服务局".to_owned(),
        caption_right: "单位：万元".to_owned(),
        continued: String::new(),
        columns: columns.chars().map(column).collect(),
        head: head.iter().map(|line| row(RowRole::Head, line)).collect(),
        body,
        notes: Vec::new(),
        orientation: Orientation::Auto,
        head_columns: 1,
    }
}

fn rows(lines: &[&str]) -> Vec<Row> {
    let role = |line: &str| if line.contains('计') { RowRole::Total } else { RowRole::Body };
    lines.iter().map(|line| row(role(line), line)).collect()
}

/// 收支总表: two blocks side by side, with label, 栏次 and notes.
fn overall() -> Table {
    let functions = [
        "一般公共服务支出",
        "外交支出",
        "国防支出",
        "公共安全支出",
        "教育支出",
        "科学技术支出",
        "文化旅游体育与传媒支出",
        "社会保障和就业支出",
        "卫生健康支出",
        "节能环保支出",
        "城乡社区支出",
        "农林水支出",
        "交通运输支出",
        "资源勘探工业信息等支出",
        "商业服务业等支出",
        "金融支出",
        "援助其他地区支出",
        "自然资源海洋气象等支出",
        "住房保障支出",
        "粮油物资储备支出",
        "灾害防治及应急管理支出",
        "其他支出",
    ];
    let incomes = ["一般公共预算拨款收入", "政府性基金预算拨款收入", "国有资本经营预算拨款收入", "事业收入"];
    let numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let mut lines = Vec::new();
    for (place, function) in functions.iter().enumerate() {
        let income = incomes.get(place).map_or_else(String::new, |name| format!("{}、{name}", numerals[place]));
        let received = if place == 0 { "2,181.31" } else { "" };
        let spent = match place {
            7 => "2,015.37",
            8 => "90.25",
            18 => "75.69",
            _ => "",
        };
        let number = if place < 10 { numerals[place].to_owned() } else { format!("十{}", numerals[place % 10]) };
        lines.push(format!("{income}|{received}|{number}、{function}|{spent}"));
    }
    lines.push("本年收入合计|2,181.31|本年支出合计|2,181.31".to_owned());
    lines.push("上年结转||结转下年|".to_owned());
    lines.push("收入总计|2,181.31|支出总计|2,181.31".to_owned());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let head = ["收入>2|支出>2", "项目|预算数|项目（按功能分类）|预算数"];
    let mut table = table("table-1", "一、收支总表", "LdLd", &head, rows(&lines));
    table.head.push(row(RowRole::Numbers, "栏次|1|栏次|2"));
    table.label = "公开01表".to_owned();
    table.notes = vec![
        note("注：1.本表反映单位本年度的总收入和年末结转结余情况。"),
        note("2.本套报表金额单位转换时可能存在尾数误差。"),
    ];
    table
}

/// “三公”: one row under three rows of heads, with `0` above `0.34`.
fn hospitality() -> Table {
    let head = [
        "上年预算数>6|本年预算数>6",
        "合计v2|因公出国（境）费v2|公务用车购置及运行费>3|公务接待费v2|合计v2|因公出国（境）费v2|公务用车购置及运行费>3|公务接待费v2",
        "小计|公务用车购置费|公务用车运行费|小计|公务用车购置费|公务用车运行费",
    ];
    let body = rows(&["6.34|0|6.00|0|6.00|0.34|5.00|0|5.00|0|5|0", "12.5|0|6.00|0|6.00|0|5.00|0|5.00|0|5|0.3"]);
    let mut table = table("table-4", "四、一般公共预算“三公”经费支出表", "dddddddddddd", &head, body);
    table.head_columns = 0;
    table
}

/// 支出总表, long enough for three pages.
fn spending(count: usize) -> Table {
    let head = ["科目编码|科目名称|合计|基本支出|项目支出|事业单位经营支出|上缴上级支出|对附属单位补助支出"];
    let mut lines = vec!["|合计|2,181.31|1,006.20|1,175.11|||".to_owned()];
    for place in 0..count {
        let figures = format!("{}.31|{}.20|1,175.{:02}|||", 2_000 + place, 900 + place, place % 100);
        lines.push(match place % 3 {
            0 => format!("20{place}|社会保障和就业支出|{figures}"),
            1 => format!("20{place}05|.行政事业单位养老支出|{figures}"),
            _ => format!("20{place}0505|..机关事业单位基本养老保险缴费支出|{figures}"),
        });
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut table = table("table-3", "三、支出总表", "lLdddddd", &head, rows(&lines));
    table.head_columns = 2;
    table
}

/// A table without figures keeps its head and says so.
fn empty() -> Table {
    let head = ["科目编码v2|科目名称v2|本年政府性基金预算支出>3", "合计|基本支出|项目支出"];
    let mut table = table("table-5", "五、政府性基金预算支出表", "lLddd", &head, rows(&["|合计|||"]));
    table.notes = vec![note("注：本部门2024年没有政府性基金预算支出，故本表无数据。")];
    table
}

/// Fourteen columns, one cell over all rows, one over those of a project, a long goal.
fn performance(projects: usize) -> Table {
    let head = [
        "单位名称v2|项目名称v2|预算执行率权重(%)v2|批复数v2|绩效指标>10",
        "绩效目标|一级指标|二级指标|三级指标|绩效指标性质|绩效指标值|本年绩效指标值|绩效度量单位|权重|本年权重",
    ];
    let mut lines = vec!["合计|-|-|1,143.44||||||||||".to_owned()];
    let goal = "确保企业职工退休人员一次性生活补助足额发放，提高退休人员生活水平，保障社会安全，确保企业退休人员一次性生活补助按时发放；";
    for project in 0..projects {
        let unit = if project == 0 {
            format!("504001-青岚水乡自治县社会保险服务局(本级)v{}|", projects * 9)
        } else {
            String::new()
        };
        let goal = goal.repeat(1 + project * 2);
        let first = format!(
            "{unit}63022300024T00000005{project}-城乡居民养老保险村级协管员补助v9|10.00v9|17.76v9|{goal}v9|成本指标v2|经济成本|城乡居民养老保险村级补助|≥|600|600|元/个/人|10|10"
        );
        lines.push(first);
        lines.extend(
            [
                "社会成本|协管员补助为社会和谐提供保障|≥|296|296|人|10|10",
                "产出指标v3|数量指标|城乡居民养老保险县级缴费补贴人数、失地农民享受待遇人数|≥|163048|163048|人|20|20",
                "质量指标|城乡居民养老保险村级补助到位率|=|100|100|%|10|10",
                "时效指标|城乡居民养老保险村级补助及时到位|≥|600|600|元/个/人|10|10",
                "效益指标v3|经济效益|及时开展养老保险工作|=|100|100|%|10|10",
                "社会效益|提高全县城乡居民村级协管员积极性|定性|逐步上升|逐步上升|%|10|10",
                "可持续影响|全县城乡居民养老保险政策宣传|≥|95|95|%|5|5",
                "满意度指标|服务对象满意度|城乡居民村级补助人员满意度|≥|98|98|%|5|5",
            ]
            .map(str::to_owned),
        );
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut table = table("table-6", "2024年项目支出绩效目标表", "lLddLllLccccdd", &head, rows(&lines));
    table.title_level = None;
    table.head_columns = 2;
    table
}

fn point(group: &str, label: &str, words: &str, raw: &str, share: Option<(&str, &str)>) -> Point {
    let figure =
        |kind, words: &str, raw: &str| Figure { kind, text: words.to_owned(), raw: Some(raw.to_owned()), fact: None };
    Point {
        label: label.to_owned(),
        group: group.to_owned(),
        figure: figure(FigureKind::Amount, words, raw),
        share: share.map(|(words, raw)| figure(FigureKind::Percent, words, raw)),
    }
}

fn chart(anchor: &str, kind: ChartKind, caption: &str, points: Vec<Point>) -> Block {
    Block::Chart(Chart {
        id: id(anchor),
        kind,
        caption: caption.to_owned(),
        unit: "万元".to_owned(),
        points,
        alt: format!("{caption}，数据见正文。"),
    })
}

pub(crate) fn pie() -> Block {
    let points = vec![
        point("", "社会保障和就业支出", "2,015.37", "20153700", Some(("92.39%", "0.9239"))),
        point("", "卫生健康支出", "90.25", "902500", Some(("4.14%", "0.0414"))),
        point("", "住房保障支出", "75.69", "756900", Some(("3.47%", "0.0347"))),
        point("", "其他支出", "0.00", "0", Some(("0.00%", "0"))),
    ];
    chart("chart-1", ChartKind::Pie, "图1：一般公共预算支出结构", points)
}

fn charts() -> Vec<Block> {
    let bars = vec![
        point("2023年", "收入总计", "1,912.40", "19124000", None),
        point("2023年", "支出总计", "1,850.02", "18500200", None),
        point("2024年", "收入总计", "2,181.31", "21813100", None),
        point("2024年", "支出总计", "2,181.31", "21813100", None),
    ];
    let changes = vec![
        point("", "工资福利", "58.02", "580200", None),
        point("", "商品和服务", "-31.10", "-311000", None),
        point("", "对个人和家庭的补助", "12.5", "125000", None),
    ];
    let names = vec![
        point("", "机关事业单位基本养老保险缴费支出", "81.91", "819100", None),
        point("", "机关事业单位职业年金缴费支出", "40.95", "409500", None),
        point("", "城乡居民养老保险村级协管员补助", "-17.76", "-177600", None),
    ];
    let slices = [
        "工资福利支出",
        "商品和服务支出",
        "对个人和家庭的补助",
        "债务利息及费用支出",
        "资本性支出（基本建设）",
        "资本性支出",
        "对企业补助",
        "其他支出",
    ];
    let even = slices.iter().enumerate().map(|(place, name)| {
        let value = 8 - place;
        point("", name, &format!("{value}00.00"), &format!("{value}000000"), Some(("12.34%", "0.1234")))
    });
    vec![
        pie(),
        chart("chart-2", ChartKind::Bars, "图2：收入支出预算变动情况", bars),
        chart("chart-3", ChartKind::Bars, "图3：比上年增减", changes),
        chart("chart-4", ChartKind::Rows, "图4：主要项目", names),
        chart("chart-5", ChartKind::Pie, "图5：按经济分类的支出", even.collect()),
        chart(
            "chart-6",
            ChartKind::Pie,
            "图6：只有一项",
            vec![point("", "财政拨款收入", "2,181.31", "1", Some(("100.00%", "1")))],
        ),
    ]
}

fn item(marker: &str, words: &str) -> ListItem {
    ListItem { marker: marker.to_owned(), blocks: vec![body(words)] }
}

fn duties() -> Block {
    Block::List(List {
        items: vec![
            item(
                "（一）",
                "承担本级机关事业单位基本养老保险、城镇企业职工基本养老保险、城乡居民基本养老保险、工伤保险、失业保险。负责本级社会保险基金财务管理、会计核算和运行分析工作；",
            ),
            item("（二）", "承担社会保险基金预决算的编制、执行工作；"),
            ListItem {
                marker: "（三）".to_owned(),
                blocks: vec![
                    body("承担下列事项："),
                    Block::List(List {
                        items: vec![
                            item("1.", "社会保险精算及数据分析；"),
                            item("2.", "稽核和机构内控工作，组织实施社会保险费和社会保险待遇的稽核工作。"),
                        ],
                    }),
                ],
            },
            item("", "没有编号的一项。"),
        ],
    })
}

fn narrative() -> Vec<Block> {
    let amount = |words: &str, raw: &str| {
        Inline::Figure(Figure {
            kind: FigureKind::Amount,
            text: words.to_owned(),
            raw: Some(raw.to_owned()),
            fact: Some("total_income@budget".to_owned()),
        })
    };
    let paragraph = Block::Paragraph(Paragraph {
        role: ParagraphRole::Body,
        inlines: vec![
            Inline::Text("青岚水乡自治县社会保险服务局2024年收入总预算".to_owned()),
            amount("2,181.31万元", "21813100"),
            Inline::Text("，比上年增加".to_owned()),
            amount("268.91万元", "2689100"),
            Inline::Text("，增长14.06%，主要原因：".to_owned()),
            Inline::Strong(text("一是")),
            Inline::Text("人员工资正常晋升；".to_owned()),
            Inline::Emphasis(text("二是")),
            Inline::Text("新增“城乡居民养老保险”项目（《关于……的通知》）。".to_owned()),
        ],
    });
    let mut blocks = vec![heading(1, "part-3", "第三部分", "部门预算情况说明")];
    for (place, name) in
        ["收支预算情况总体说明", "一般公共预算支出情况说明", "其他重要事项的情况说明"].iter().enumerate()
    {
        let number = ["一、", "二、", "三、"][place];
        blocks.push(heading(2, &format!("n-{place}"), number, name));
        blocks.extend([paragraph.clone(), paragraph.clone()]);
        blocks.push(heading(3, &format!("n-{place}-1"), "（一）", "规模变化情况"));
        blocks.push(paragraph.clone());
        blocks.push(heading(4, &format!("n-{place}-1-1"), "1.", "社会保障和就业支出（类）"));
        blocks.push(heading(5, &format!("n-{place}-1-1-1"), "（1）", "行政单位离退休（项）"));
        blocks.push(paragraph.clone());
    }
    blocks.extend(charts());
    blocks
}

/// The whole sample: about twenty pages.
pub(crate) fn disclosure() -> Document {
    let entry = |level, words: &str, target: &str| ContentsEntry { level, text: words.to_owned(), target: id(target) };
    let contents = Contents {
        title: "目录".to_owned(),
        entries: vec![
            entry(1, "第一部分 部门概况", "part-1"),
            entry(2, "一、主要职能", "duties"),
            entry(1, "第二部分 部门预算表", "part-2"),
            entry(2, "一、收支总表", "table-1"),
            entry(2, "三、支出总表", "table-3"),
            entry(2, "四、一般公共预算“三公”经费支出表", "table-4"),
            entry(2, "五、政府性基金预算支出表", "table-5"),
            entry(1, "第三部分 部门预算情况说明", "part-3"),
            entry(2, "一、收支预算情况总体说明", "n-0"),
            entry(2, "六、项目支出绩效目标表", "table-6"),
        ],
    };
    let mut blocks = vec![
        Block::Contents(contents),
        heading(1, "part-1", "第一部分", "部门概况"),
        heading(2, "duties", "一、", "主要职能"),
        duties(),
        heading(1, "part-2", "第二部分", "部门预算表"),
        Block::Table(overall()),
        Block::Table(spending(90)),
        Block::Table(hospitality()),
        Block::Table(empty()),
    ];
    blocks.extend(narrative());
    blocks.push(Block::Table(performance(5)));
    document(blocks)
}

/// A document around some blocks.
pub(crate) fn document(blocks: Vec<Block>) -> Document {
    Document {
        meta: Meta {
            title: "青岚水乡自治县社会保险服务局2024年部门预算".to_owned(),
            author: "青岚水乡自治县社会保险服务局".to_owned(),
            cover: vec!["青岚水乡自治县社会保险服务局".to_owned(), "2024年部门预算".to_owned()],
            cover_foot: vec!["2024年2月5日".to_owned()],
            date: Some("2024-02-05".to_owned()),
            released: Some("2024-02-05".to_owned()),
            language: "zh-CN".to_owned(),
            watermark: None,
        },
        blocks,
    }
}
