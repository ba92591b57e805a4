#include "services/xiufuctl/window_output.h"

#include <google/protobuf/util/json_util.h>

#include <iostream>

#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "libs/base/status.h"
#include "services/xiufuctl/command.h"
#include "services/xiufuctl/local_time.h"

namespace xiufu::ctl {
namespace {

namespace v1 = intake::v1;

void PrintIf(const char* label, const std::string& text) {
  if (!text.empty()) std::cout << "  " << label << ": " << text << '\n';
}

template <typename Rows>
void PrintRows(const Rows& rows, const char* none) {
  for (const auto& row : rows) PrintWindow(row);
  if (rows.empty()) std::cout << none << '\n';
}

const char* PaperWords(v1::MaterialPrecheck::State state) {
  switch (state) {
    case v1::MaterialPrecheck::PRESENT:
      return "已有 / there";
    case v1::MaterialPrecheck::MISSING:
      return "缺 / missing";
    case v1::MaterialPrecheck::WRONG_TYPE:
      return "文件类型不符 / wrong type";
    case v1::MaterialPrecheck::TOO_LARGE:
      return "过大 / too large";
    case v1::MaterialPrecheck::EXPIRED:
      return "已过期 / expired";
    default:
      return "—";
  }
}

}  // namespace

void PrintWindow(const v1::ListWindowsResponse& directory) {
  for (const auto& one : directory.windows()) {
    const auto& window = one.window();
    const auto known = [&](const std::string& text) { return text.empty() ? window.note() : text; };
    std::cout << one.id() << "  " << window.name() << "  (" << window.region_name() << ")\n"
              << "  地址 / address: " << known(window.address()) << '\n'
              << "  时间 / hours: " << known(window.hours()) << '\n'
              << "  电话 / hotline: " << known(window.hotline()) << '\n';
  }
  for (const auto& hotline : directory.hotlines()) {
    std::cout << hotline.number() << "  " << hotline.name() << '\n';
  }
  for (const auto& topic : directory.topics()) {
    std::cout << "咨询事项 / topic " << topic.id() << "  " << topic.name() << '\n';
  }
}

void PrintWindow(const v1::Application& application) {
  std::cout << "申请 / application  " << application.number() << "  " << application.name() << '\n';
  PrintIf("查询码（只显示一次）/ query code, shown once", application.query_code());
  PrintIf("主体 / subject", application.subject_uscc());
  std::cout << "  状态 / state: " << v1::Application::State_Name(application.state()) << '\n'
            << "  材料 / papers: " << application.materials_size() << '\n';
}

void PrintWindow(const v1::Filing& filing) {
  PrintWindow(filing.application());
  std::cout << "  收件 / filed: " << LocalTime(filing.file_time()) << "  " << filing.window()
            << "  " << filing.clerk() << "，现由 / now with " << filing.region() << '\n';
  if (filing.has_power_of_attorney()) PrintWindow(filing.power_of_attorney());
  if (filing.has_hand_over()) PrintWindow(filing.hand_over());
}

void PrintWindow(const v1::ListFilingsResponse& list) {
  PrintRows(list.filings(), "没有窗口收件 / nothing was filed here");
}

void PrintWindow(const v1::MaterialPrecheck& precheck) {
  std::cout << precheck.subject_name() << "  " << precheck.subject_uscc() << "  "
            << precheck.on_date() << '\n';
  for (const auto& paper : precheck.papers()) {
    std::cout << "  " << paper.kind() << "  " << paper.name() << "  " << PaperWords(paper.state())
              << "  (" << paper.records_size() << ")\n";
  }
  PrintIf("不需要 / not asked for", absl::StrJoin(precheck.not_asked(), "、"));
  if (precheck.papers().empty()) {
    std::cout << "不需要材料 / no papers are asked for\n";
  } else {
    std::cout << (precheck.complete() ? "材料齐全 / all papers are there\n"
                                      : "材料不齐 / papers are missing\n");
  }
}

void PrintWindow(const v1::Consultation& consultation) {
  std::cout << "咨询 / consultation  " << consultation.name() << "  "
            << LocalTime(consultation.time()) << "  " << consultation.window() << "  "
            << consultation.clerk() << "  " << consultation.topic() << '\n';
  PrintIf("主体 / subject", consultation.subject_uscc());
  PrintIf("申请 / application", consultation.application());
  PrintIf("子办件 / case", consultation.case_name());
  PrintIf("问 / asked", consultation.question());
  PrintIf("答 / answered", consultation.answer());
  PrintIf("联系人 / contact", consultation.contact_name());
  PrintIf("电话 / telephone", consultation.contact_phone());
}

void PrintWindow(const v1::ListConsultationsResponse& list) {
  PrintRows(list.consultations(), "没有登记 / nothing is registered");
}

void PrintWindow(const v1::CountWindowWorkResponse& counts) {
  for (const auto& one : counts.consultations()) {
    std::cout << one.month() << "  " << one.window() << "  咨询 / asked  " << one.topic() << "  "
              << one.count() << '\n';
  }
  for (const auto& one : counts.prechecks()) {
    std::cout << one.month() << "  " << one.window() << "  材料预核 / pre-checks  " << one.count()
              << '\n';
  }
}

void PrintWindow(const v1::HandOver& hand_over) {
  std::cout << "移交 / hand-over  " << hand_over.name() << "  " << hand_over.from_region() << " → "
            << hand_over.to_region() << '\n';
  PrintIf("申请 / application", hand_over.application_number());
  PrintIf("咨询 / consultation", hand_over.consultation());
  PrintIf("主体 / subject", hand_over.subject_uscc());
  PrintIf("原因 / reason", hand_over.reason());
  std::cout << "  移交 / given: " << LocalTime(hand_over.give_time()) << "  "
            << hand_over.from_clerk() << '\n';
  if (hand_over.has_take_time()) {
    std::cout << "  接收 / taken up: " << LocalTime(hand_over.take_time()) << "  "
              << hand_over.to_clerk() << '\n';
  }
}

void PrintWindow(const v1::ListHandOversResponse& list) {
  PrintRows(list.hand_overs(), "没有移交 / nothing was handed over");
}

void PrintWindow(const v1::PowerOfAttorney& power) {
  std::vector<std::string> acts;
  for (const int act : power.acts()) acts.push_back(v1::Act_Name(static_cast<v1::Act>(act)));
  std::cout << "  授权委托 / power of attorney: " << power.agent_name();
  if (!power.organisation_name().empty()) std::cout << "（" << power.organisation_name() << "）";
  std::cout << "  " << absl::StrJoin(acts, " ") << "  " << power.valid_from() << " — "
            << power.valid_to() << '\n';
}

void PrintWindow(const v1::ListAgentsResponse& list) {
  std::cout << list.from_date() << " — " << list.to_date() << "，提示线 / stands out from "
            << list.subjects_threshold() << " 主体 / subjects, " << list.applications_threshold()
            << " 件 / applications\n";
  for (const auto& one : list.agents()) {
    std::cout << (one.stands_out() ? "! " : "  ") << one.agent() << "  " << one.organisation_name()
              << "  主体 / subjects " << one.subjects() << "  申请 / applications "
              << one.applications() << "  最近 / latest " << one.latest_number() << '\n';
  }
  if (list.agents().empty()) std::cout << "没有代理申请 / nobody applied for others\n";
}

int PrintWindowJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) {
    return kExitFailed;
  }
  std::cout << json << '\n';
  return std::cout ? kExitOk : kExitFailed;
}

}  // namespace xiufu::ctl
