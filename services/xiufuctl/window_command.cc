#include "services/xiufuctl/window_command.h"

#include <google/protobuf/util/json_util.h>

#include <functional>
#include <iostream>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/request_id.h"
#include "services/xiufuctl/telling.h"
#include "services/xiufuctl/window_client.h"
#include "services/xiufuctl/window_output.h"

namespace xiufu::ctl {
namespace {

namespace v1 = intake::v1;
using Windows = v1::WindowService;

constexpr char kWindowUsage[] =
    "  window directory [--region CODE]\n"
    "                       窗口、热线和咨询事项 / windows, hotlines, topics\n"
    "  window precheck --clerk CODE --uscc USCC [--record ID]... [--paper KIND[=FILE]]...\n"
    "                       [--agent] [--out FILE.pdf]\n"
    "                       材料预核，不形成申请 / what is there and what is missing; nothing is "
    "filed\n"
    "  window forms --uscc USCC [--record ID]... --out FILE.pdf\n"
    "                       自行网上申报用的文书 / blanks for those who file upstream themselves\n"
    "  window file --clerk CODE --uscc USCC --record ID... --name TEXT --phone NUMBER\n"
    "                       --capacity legal|handler|agent|administrator [--power FILE.json]\n"
    "                       [--paper KIND=FILE]... [--submit] [--slip FILE.pdf]\n"
    "                       为到场的主体收件 / files for a subject that is present\n"
    "  window filings [--region CODE] | window show NUMBER\n"
    "                       本窗口收的件 / what was filed here\n"
    "  window print NUMBER --kind receipt|acceptance|supplement|decision|... --out FILE.pdf\n"
    "                       [--case NAME] [--code QUERY-CODE] [--ordinal N] [--acting CAPACITY]\n"
    "                       打印收件凭证、通知、决定 / receipt (with its code), notices, "
    "decisions;\n"
    "                       --ordinal 同类第几份，默认最近一份 / which of a kind, else the latest\n"
    "  window ask --clerk CODE --mode walk-in|call --topic ID --question TEXT --answer TEXT\n"
    "                       [--uscc USCC] [--application NUMBER] [--case NAME]\n"
    "                       [--name TEXT] [--phone NUMBER]\n"
    "                       登记咨询 / registers what was asked and answered\n"
    "  window link CONSULTATION [--uscc USCC] [--application NUMBER] [--case NAME]\n"
    "                       补充关联 / says later what it was about\n"
    "  window register [--topic ID] [--uscc USCC] [--text TEXT] [--from DATE] [--to DATE]\n"
    "  window counts [--from MONTH] [--to MONTH]\n"
    "                       查咨询登记、按窗口事项月份统计 / the register, and its counts\n"
    "  window hand-over --clerk CODE (--application NUMBER | --consultation NAME) [--to CODE]\n"
    "                       --reason TEXT\n"
    "  window hand-overs [--outgoing] [--taken] | window take-up HAND-OVER --clerk CODE\n"
    "                       移交主体所在县（市）区、查看、接收 / to the subject's county\n"
    "  window power APPLICATION --power FILE.json [--document NAME]\n"
    "                       更换授权委托书 / a new power of attorney\n"
    "  window agents [--to DATE]\n"
    "                       代理情况（操作员）/ who applies for many, for the operator\n"
    "                       以上均可加 / all of them: [--as REGION] [--json] [WHERE]\n";

// What one call leads to.
struct WindowDesk {
  const Arguments& args;
  const WindowClient& client;

  template <typename Answer>
  int Show(const absl::StatusOr<Answer>& answer) const {
    if (!answer.ok()) return Failed(answer.status());
    if (args.Has("json")) return PrintWindowJson(*answer);
    PrintWindow(*answer);
    std::cout.flush();
    return std::cout ? kExitOk : kExitFailed;
  }
};

// "applications/<number>" of a number; what is a name already stays.
std::string NameOfApplication(const std::string& text) {
  return text.empty() || absl::StartsWith(text, "applications/")
             ? text
             : absl::StrCat("applications/", text);
}

std::string NameIn(const char* collection, const std::string& text) {
  const std::string prefix = absl::StrCat(collection, "/");
  return text.empty() || absl::StartsWith(text, prefix) ? text : absl::StrCat(prefix, text);
}

template <typename Request>
void SetRecords(const Arguments& args, Request& request) {
  for (const std::string& record : args.Values("record")) {
    request.add_records(NameIn("records", record));
  }
}

absl::Status SetPower(const Arguments& args, v1::PowerOfAttorney& power) {
  const absl::StatusOr<std::string> text = ReadWholeFile(args.Value("power"));
  if (!text.ok()) return text.status();
  const auto parsed = google::protobuf::util::JsonStringToMessage(*text, &power);
  if (parsed.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(args.Value("power"), ": ", std::string(parsed.message())));
}

common::v1::Capacity CapacityOf(const std::string& word) {
  static const std::map<std::string, common::v1::Capacity> words = {
      {"legal", common::v1::CAPACITY_LEGAL_REPRESENTATIVE},
      {"handler", common::v1::CAPACITY_HANDLER},
      {"agent", common::v1::CAPACITY_AGENT},
      {"administrator", common::v1::CAPACITY_BANKRUPTCY_ADMINISTRATOR}};
  const auto found = words.find(word);
  return found == words.end() ? common::v1::CAPACITY_UNSPECIFIED : found->second;
}

int SaveLetter(const v1::Letter& letter, const std::string& path) {
  if (absl::Status status = WriteWholeFile(path, letter.content()); !status.ok()) {
    return Failed(status);
  }
  std::cerr << path << "  " << letter.file_name() << '\n';
  return kExitOk;
}

int ShowDirectory(const WindowDesk& desk) {
  v1::ListWindowsRequest request;
  request.set_region(desk.args.Value("region"));
  return desk.Show(desk.client.Ask<Windows>(&Windows::Stub::ListWindows, request));
}

absl::Status AddPaper(const std::string& paper, v1::PrecheckMaterialsRequest& request) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(paper, absl::MaxSplits('=', 1));
  auto& added = *request.add_papers();
  added.set_kind(parts.first);
  if (parts.second.empty()) return absl::OkStatus();
  const absl::StatusOr<std::string> content = ReadWholeFile(parts.second);
  if (!content.ok()) return content.status();
  added.set_media_type(MediaTypeByName(parts.second));
  added.set_size(static_cast<int64_t>(content->size()));
  added.set_beginning(content->substr(0, 64));
  return absl::OkStatus();
}

int PrecheckAtDesk(const WindowDesk& desk) {
  const std::string out = desk.args.Value("out");
  v1::PrecheckMaterialsRequest request;
  request.set_clerk(desk.args.Value("clerk"));
  request.set_uscc(desk.args.Value("uscc"));
  SetRecords(desk.args, request);
  request.set_by_agent(desk.args.Has("agent"));
  request.set_print(!out.empty());
  for (const std::string& paper : desk.args.Values("paper")) {
    if (absl::Status status = AddPaper(paper, request); !status.ok()) return Failed(status);
  }
  absl::StatusOr<v1::MaterialPrecheck> result =
      desk.client.Ask<Windows>(&Windows::Stub::PrecheckMaterials, request);
  if (result.ok() && !out.empty()) {
    if (const int saved = SaveLetter(result->letter(), out); saved != kExitOk) return saved;
    result->clear_letter();
  }
  return desk.Show(result);
}

int SaveForms(const WindowDesk& desk) {
  v1::ComposeNoticeRequest request;
  request.set_uscc(desk.args.Value("uscc"));
  SetRecords(desk.args, request);
  const absl::StatusOr<v1::Letter> letter =
      desk.client.Ask<Windows>(&Windows::Stub::RenderForms, request);
  return letter.ok() ? SaveLetter(*letter, desk.args.Value("out")) : Failed(letter.status());
}

absl::StatusOr<v1::Application> FileDraft(const WindowDesk& desk) {
  v1::FileAtWindowRequest request;
  request.set_request_id(NewRequestId());
  request.set_clerk(desk.args.Value("clerk"));
  request.set_subject_uscc(desk.args.Value("uscc"));
  SetRecords(desk.args, request);
  request.mutable_applicant()->set_name(desk.args.Value("name"));
  request.mutable_applicant()->set_phone(desk.args.Value("phone"));
  request.mutable_applicant()->set_capacity(CapacityOf(desk.args.Value("capacity")));
  if (desk.args.Has("power")) {
    absl::Status power = SetPower(desk.args, *request.mutable_power_of_attorney());
    if (!power.ok()) return power;
  }
  return desk.client.Ask<Windows>(&Windows::Stub::FileAtWindow, request);
}

// The draft, then its papers, then what is submitted: what was done before a failure stays done.
int FileAtDesk(const WindowDesk& desk) {
  absl::StatusOr<v1::Application> filed = FileDraft(desk);
  if (const int shown = desk.Show(filed); shown != kExitOk) return shown;
  for (const std::string& paper : desk.args.Values("paper")) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(paper, absl::MaxSplits('=', 1));
    const auto material = desk.client.Upload(filed->name(), parts.first, parts.second);
    if (!material.ok()) return Failed(material.status());
  }
  if (desk.args.Has("submit")) {
    v1::SubmitApplicationRequest submit;
    submit.set_request_id(NewRequestId());
    submit.set_name(filed->name());
    const auto submitted =
        desk.client.Ask<v1::IntakeService>(&v1::IntakeService::Stub::SubmitApplication, submit);
    if (!submitted.ok()) return Failed(submitted.status());
  }
  if (!desk.args.Has("slip")) return kExitOk;
  v1::RenderFilingSlipRequest slip;
  slip.set_name(filed->name());
  slip.set_query_code(filed->query_code());
  const auto letter = desk.client.Ask<Windows>(&Windows::Stub::RenderFilingSlip, slip);
  return letter.ok() ? SaveLetter(*letter, desk.args.Value("slip")) : Failed(letter.status());
}

int ShowFilings(const WindowDesk& desk) {
  v1::ListFilingsRequest request;
  request.set_region(desk.args.Value("region"));
  request.set_page_size(200);
  return desk.Show(desk.client.AskAll<Windows>(&Windows::Stub::ListFilings, request));
}

int ShowFiling(const WindowDesk& desk) {
  v1::GetFilingRequest request;
  request.set_name(NameOfApplication(desk.args.word(1)));
  return desk.Show(desk.client.Ask<Windows>(&Windows::Stub::GetFiling, request));
}

int PrintDocument(const WindowDesk& desk) {
  v1::RenderDocumentRequest request;
  request.set_name(NameOfApplication(desk.args.word(1)));
  request.set_query_code(desk.args.Value("code"));
  request.set_case_name(NameIn("cases", desk.args.Value("case")));
  v1::DocumentKind kind = v1::DOCUMENT_KIND_UNSPECIFIED;
  const std::string name =
      absl::StrCat("DOCUMENT_KIND_", absl::AsciiStrToUpper(desk.args.Value("kind")));
  if (!v1::DocumentKind_Parse(name, &kind)) {
    return UsageError(kWindowUsage, absl::InvalidArgumentError("没有这种文书 / no such document"));
  }
  request.set_kind(kind);
  int ordinal = 0;
  if (desk.args.Has("ordinal") &&
      (!absl::SimpleAtoi(desk.args.Value("ordinal"), &ordinal) || ordinal < 1)) {
    return UsageError(kWindowUsage, absl::InvalidArgumentError("第几份 / --ordinal: 1, 2, ..."));
  }
  request.set_ordinal(ordinal);
  if (desk.args.Has("acting")) request.set_acting(CapacityOf(desk.args.Value("acting")));
  const auto letter =
      desk.client.Ask<v1::DocumentService>(&v1::DocumentService::Stub::RenderDocument, request);
  return letter.ok() ? SaveLetter(*letter, desk.args.Value("out")) : Failed(letter.status());
}

template <typename Request>
void SetLink(const Arguments& args, Request& request) {
  request.set_subject_uscc(args.Value("uscc"));
  request.set_application(NameOfApplication(args.Value("application")));
  request.set_case_name(NameIn("cases", args.Value("case")));
}

int AskedAndAnswered(const WindowDesk& desk) {
  const std::string mode = desk.args.Value("mode");
  v1::RecordConsultationRequest request;
  request.set_request_id(NewRequestId());
  request.set_clerk(desk.args.Value("clerk"));
  request.set_mode(mode == "walk-in" ? v1::Consultation::WALK_IN
                   : mode == "call"  ? v1::Consultation::CALL
                                     : v1::Consultation::MODE_UNSPECIFIED);
  request.set_topic(desk.args.Value("topic"));
  SetLink(desk.args, request);
  request.set_question(desk.args.Value("question"));
  request.set_answer(desk.args.Value("answer"));
  request.set_contact_name(desk.args.Value("name"));
  request.set_contact_phone(desk.args.Value("phone"));
  return desk.Show(desk.client.Ask<Windows>(&Windows::Stub::RecordConsultation, request));
}

int LinkAsked(const WindowDesk& desk) {
  v1::LinkConsultationRequest request;
  request.set_request_id(NewRequestId());
  request.set_name(NameIn("consultations", desk.args.word(1)));
  SetLink(desk.args, request);
  return desk.Show(desk.client.Ask<Windows>(&Windows::Stub::LinkConsultation, request));
}

int ShowRegister(const WindowDesk& desk) {
  v1::ListConsultationsRequest request;
  request.set_region(desk.args.Value("region"));
  request.set_topic(desk.args.Value("topic"));
  request.set_subject_uscc(desk.args.Value("uscc"));
  request.set_text(desk.args.Value("text"));
  request.set_from_date(desk.args.Value("from"));
  request.set_to_date(desk.args.Value("to"));
  request.set_page_size(200);
  return desk.Show(desk.client.AskAll<Windows>(&Windows::Stub::ListConsultations, request));
}

int ShowCounts(const WindowDesk& desk) {
  v1::CountWindowWorkRequest request;
  request.set_region(desk.args.Value("region"));
  request.set_from_month(desk.args.Value("from"));
  request.set_to_month(desk.args.Value("to"));
  return desk.Show(desk.client.Ask<Windows>(&Windows::Stub::CountWindowWork, request));
}

int GiveToAnother(const WindowDesk& desk) {
  v1::GiveHandOverRequest request;
  request.set_request_id(NewRequestId());
  request.set_clerk(desk.args.Value("clerk"));
  request.set_application(NameOfApplication(desk.args.Value("application")));
  request.set_consultation(NameIn("consultations", desk.args.Value("consultation")));
  request.set_to_region(desk.args.Value("to"));
  request.set_reason(desk.args.Value("reason"));
  return desk.Show(desk.client.Ask<Windows>(&Windows::Stub::GiveHandOver, request));
}

int ListGiven(const WindowDesk& desk) {
  v1::ListHandOversRequest request;
  request.set_outgoing(desk.args.Has("outgoing"));
  request.set_with_taken(desk.args.Has("taken"));
  request.set_region(desk.args.Value("region"));
  request.set_page_size(200);
  return desk.Show(desk.client.AskAll<Windows>(&Windows::Stub::ListHandOvers, request));
}

int TakeUpGiven(const WindowDesk& desk) {
  v1::TakeUpHandOverRequest request;
  request.set_request_id(NewRequestId());
  request.set_name(NameIn("handOvers", desk.args.word(1)));
  request.set_clerk(desk.args.Value("clerk"));
  return desk.Show(desk.client.Ask<Windows>(&Windows::Stub::TakeUpHandOver, request));
}

int ReplacePower(const WindowDesk& desk) {
  v1::ReplacePowerOfAttorneyRequest request;
  request.set_request_id(NewRequestId());
  request.set_application(NameOfApplication(desk.args.word(1)));
  request.set_document(NameIn("materials", desk.args.Value("document")));
  absl::Status power = SetPower(desk.args, *request.mutable_power_of_attorney());
  if (!power.ok()) return Failed(power);
  return desk.Show(
      desk.client.Ask<v1::AgentService>(&v1::AgentService::Stub::ReplacePowerOfAttorney, request));
}

int ListManyAgents(const WindowDesk& desk) {
  v1::ListAgentsRequest request;
  request.set_to_date(desk.args.Value("to"));
  request.set_page_size(200);
  return desk.Show(
      desk.client.AskAll<v1::AgentService>(&v1::AgentService::Stub::ListAgents, request));
}

struct WindowAct {
  int (*run)(const WindowDesk& desk);
  size_t words = 1;  // with the command's own
  std::vector<const char*> needed;
};

const std::map<std::string, WindowAct>& Acts() {
  static const std::map<std::string, WindowAct> acts = {
      {"directory", {ShowDirectory, 1, {}}},
      {"precheck", {PrecheckAtDesk, 1, {"clerk", "uscc"}}},
      {"forms", {SaveForms, 1, {"uscc", "out"}}},
      {"file", {FileAtDesk, 1, {"clerk", "uscc", "record", "name", "phone", "capacity"}}},
      {"filings", {ShowFilings, 1, {}}},
      {"show", {ShowFiling, 2, {}}},
      {"print", {PrintDocument, 2, {"kind", "out"}}},
      {"ask", {AskedAndAnswered, 1, {"clerk", "mode", "topic", "question", "answer"}}},
      {"link", {LinkAsked, 2, {}}},
      {"register", {ShowRegister, 1, {}}},
      {"counts", {ShowCounts, 1, {}}},
      {"hand-over", {GiveToAnother, 1, {"clerk", "reason"}}},
      {"hand-overs", {ListGiven, 1, {}}},
      {"take-up", {TakeUpGiven, 2, {"clerk"}}},
      {"power", {ReplacePower, 2, {"power"}}},
      {"agents", {ListManyAgents, 1, {}}}};
  return acts;
}

int RunWindow(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args = Arguments::Read(
      raw_args,
      {"config",   "target",   "credentials", "as",      "region",       "clerk", "uscc",  "name",
       "phone",    "capacity", "power",       "slip",    "out",          "mode",  "topic", "text",
       "question", "answer",   "application", "case",    "consultation", "from",  "to",    "reason",
       "document", "kind",     "code",        "ordinal", "acting"},
      {"json", "agent", "submit", "outgoing", "taken"}, {"record", "paper"});
  if (!args.ok()) return UsageError(kWindowUsage, args.status());
  const auto act = Acts().find(args->word(0));
  if (act == Acts().end() || args->words().size() != act->second.words) {
    return UsageError(kWindowUsage);
  }
  for (const char* name : act->second.needed) {
    if (!args->Has(name)) {
      return UsageError(kWindowUsage, absl::InvalidArgumentError(
                                          absl::StrCat("缺少选项 / option missing: --", name)));
    }
  }
  const absl::StatusOr<WindowClient> client =
      WindowClient::Connect(*args, /*operators=*/act->first == "agents");
  if (!client.ok()) return Failed(client.status());
  return act->second.run({*args, *client});
}

}  // namespace

CommandFamily WindowCommands() { return {"window", kWindowUsage, RunWindow}; }

}  // namespace xiufu::ctl
