//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{money::AmountUnit, period::Stage, workspace::Shard};

/// 把结构化的 YAML（单位信息、台账、项目目标）核对并编成预算、决算公开材料。
#[derive(Debug, Parser)]
#[command(name = "gen", version, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 核对并生成公开材料（Markdown、HTML、PDF）
    Build(BuildOptions),
    /// 只核对，不生成
    Check(CheckOptions),
    /// 在浏览器里预览，随改随看（只在本机）
    Serve(ServeOptions),
    /// 追问一个数字的来历：由印出的数一直到台账的各行
    Why(WhyOptions),
    /// 解释一个编码：含义、示例、依据和改法
    Explain(ExplainOptions),
    /// 新建一份公开的文件夹：从文种建骨架，或由上年转来
    New(NewOptions),
    /// 打印或写出来源文件的 JSON Schema，供编辑器提示
    Schema(SchemaOptions),
    /// 把 CSV 或 xlsx 台账转成台账 YAML
    Import(ImportOptions),
    /// 把台账 YAML 转成 CSV，可再用 gen import 导入
    Export(ExportOptions),
    /// 核对输出文件夹：每个文件都与清单和 SHA256SUMS 相符
    Verify(VerifyOptions),
    /// 把几台机器各自生成的输出文件夹合成一个
    Merge(MergeOptions),
    /// 打印命令行补全脚本（bash、zsh、fish、powershell、elvish）
    Completions(CompletionOptions),
    /// 打印手册页（roff，可存为 gen.1）
    #[command(hide = true)]
    Manual,
    /// 另一进程里的生成，由 gen build 调用
    #[command(hide = true)]
    Worker,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct BuildOptions {
    /// 要生成的公开（data 下的文件夹）；不写则为全部
    #[arg(value_name = "公开")]
    pub(super) paths: Vec<PathBuf>,
    /// 生成哪些格式，逗号分隔
    #[arg(long, value_delimiter = ',', default_value = "markdown,html,pdf", value_name = "格式")]
    pub(super) formats: Vec<FormatWord>,
    /// 输出文件夹；不写则为工作区的 out
    #[arg(long, value_name = "文件夹")]
    pub(super) out: Option<PathBuf>,
    /// 有错误也生成，每页印“草稿”
    #[arg(long)]
    pub(super) draft: bool,
    /// 另外使用的字体文件或文件夹，可写多次
    #[arg(long = "font-path", value_name = "字体")]
    pub(super) font_paths: Vec<PathBuf>,
    /// 另外写出排版程序得到的输入（typst）
    #[arg(long, value_name = "输入")]
    pub(super) emit: Option<Emit>,
    /// 同时用几个进程；不写则与处理器核数相同，1 为在本进程里逐份生成
    #[arg(long, short, value_parser = clap::value_parser!(u16).range(1..), value_name = "进程数")]
    pub(super) jobs: Option<u16>,
    /// 有一份没有生成就不再开始新的
    #[arg(long)]
    pub(super) fail_fast: bool,
    /// 不管有没有变化，全部重新生成
    #[arg(long)]
    pub(super) force: bool,
    /// 只生成其中一部分，如 3/16（十六份中的第三份），之后用 gen merge 合并
    #[arg(long, value_name = "几分之几")]
    pub(super) shard: Option<Shard>,
    /// 不等磁盘落盘；断电可能丢失刚写的文件，只用于可以重来的场合
    #[arg(long)]
    pub(super) no_sync: bool,
    #[command(flatten)]
    pub(super) report: ReportOptions,
}

#[derive(Debug, Args)]
pub(super) struct WhyOptions {
    /// 数字地址（支出合计@决算）、表格单元（表样名:行:列），或公开材料里的数字（2,181.31）
    #[arg(value_name = "数字")]
    pub(super) figure: String,
    /// 在哪些公开里找；不写则为全部
    #[arg(value_name = "公开")]
    pub(super) paths: Vec<PathBuf>,
    /// 以 JSON 输出
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckOptions {
    /// 要核对的公开（data 下的文件夹）；不写则为全部
    #[arg(value_name = "公开")]
    pub(super) paths: Vec<PathBuf>,
    /// 列出还要写的原因、文字和得分，可直接粘贴到 YAML
    #[arg(long)]
    pub(super) todo: bool,
    #[command(flatten)]
    pub(super) report: ReportOptions,
}

#[derive(Debug, Args)]
pub(super) struct ServeOptions {
    /// 要预览的公开（data 下的文件夹）；不写则为全部
    #[arg(value_name = "公开")]
    pub(super) paths: Vec<PathBuf>,
    /// 端口；0 为任一空闲端口，不写则从 4848 起找空闲的
    #[arg(long, value_name = "端口")]
    pub(super) port: Option<u16>,
    /// 启动后打开浏览器
    #[arg(long)]
    pub(super) open: bool,
    /// 排 PDF 时另外使用的字体文件或文件夹，可写多次
    #[arg(long = "font-path", value_name = "字体")]
    pub(super) font_paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ReportOptions {
    /// 问题的报告形式
    #[arg(long, value_enum, default_value_t = ReportForm::Human, value_name = "形式")]
    pub(super) format: ReportForm,
    /// 把警告也当作错误
    #[arg(long, value_parser = ["warnings"], value_name = "级别")]
    pub(super) deny: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ImportOptions {
    /// CSV（UTF-8）或 xlsx 文件
    #[arg(value_name = "文件")]
    pub(super) file: PathBuf,
    /// 没有写明阶段的金额列属于哪个阶段，如 本年预算、决算
    #[arg(long, value_parser = stage, value_name = "阶段")]
    pub(super) stage: Stage,
    /// 工作簿里的哪张表；只有一张可导入时不必写
    #[arg(long, value_name = "表名")]
    pub(super) sheet: Option<String>,
    /// 金额单位（元、万元）；表上写了“单位：”的不必写
    #[arg(long, value_parser = unit, value_name = "单位")]
    pub(super) unit: Option<AmountUnit>,
    /// 不导入的列（表头末级），可写多次
    #[arg(long, value_name = "表头")]
    pub(super) ignore: Vec<String>,
    /// 自己的表头对照文件（templates/import 下的文件名），在通用的对照之外再认哪些表头
    #[arg(long, default_value = "default", value_name = "对照文件")]
    pub(super) mapping: String,
    /// 写到这个文件；不写则打印
    #[arg(long, short, value_name = "文件")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ExportOptions {
    /// 台账文件，如 data/x/ledgers/expenditure.yaml
    #[arg(value_name = "文件")]
    pub(super) file: PathBuf,
    /// 写到这个文件；不写则打印
    #[arg(long, short, value_name = "文件")]
    pub(super) out: Option<PathBuf>,
}

fn stage(text: &str) -> Result<Stage, String> {
    let known: Vec<&str> = Stage::ALL.iter().map(|stage| stage.term()).collect();
    Stage::from_term(text).ok_or_else(|| format!("可以写：{}", known.join("、")))
}

fn unit(text: &str) -> Result<AmountUnit, String> {
    AmountUnit::from_term(text).ok_or_else(|| "可以写：元、万元".to_owned())
}

#[derive(Debug, Args)]
pub(super) struct CompletionOptions {
    /// 哪一种 shell
    #[arg(value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct VerifyOptions {
    /// 输出文件夹；不写则为工作区的 out
    #[arg(value_name = "文件夹")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct MergeOptions {
    /// 各台机器的输出文件夹
    #[arg(required = true, value_name = "文件夹")]
    pub(super) parts: Vec<PathBuf>,
    /// 合到哪个文件夹；不写则为工作区的 out
    #[arg(long, value_name = "文件夹")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ExplainOptions {
    /// 编码，如 F004；不写则列出全部
    #[arg(value_name = "编码")]
    pub(super) code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct NewOptions {
    /// 文件夹名（小写字母、数字、连字符），如 anyang-2025-budget
    #[arg(value_name = "文件夹名")]
    pub(super) slug: String,
    /// 文种；不写则列出有哪些
    #[arg(long, conflicts_with = "from", value_name = "文种")]
    pub(super) profile: Option<String>,
    /// 年度
    #[arg(long, conflicts_with = "from", value_name = "年度")]
    pub(super) year: Option<u16>,
    /// 单位全称
    #[arg(long, conflicts_with = "from", value_name = "单位")]
    pub(super) unit: Option<String>,
    /// 由这份上年的公开转来：年度加一，本年数转为上年数
    #[arg(long, value_name = "公开")]
    pub(super) from: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct SchemaOptions {
    /// 哪一种文件；不写则列出全部
    #[arg(value_name = "文件")]
    pub(super) name: Option<String>,
    /// 全部写到这个文件夹
    #[arg(long, conflicts_with = "name", value_name = "文件夹")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatWord {
    Markdown,
    Html,
    Pdf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportForm {
    Human,
    Short,
    Json,
    Sarif,
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Emit {
    Typst,
}
