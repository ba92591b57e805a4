#include "services/xiufuctl/notice_command.h"

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/base/id.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/intake/v1/repair_notice.grpc.pb.h"
#include "xiufu/publication/v1/repair_notice.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using publication::v1::NoticeReceipt;
using publication::v1::RepairNotice;
// Who was told is asked of publication, what the letter says and who has not applied of intake.
using Notices = Operator<publication::v1::RepairNoticeService>;
using Letters = Operator<intake::v1::RepairNoticeService>;
using Unapplied = intake::v1::ListUnappliedRecordsResponse::Unapplied;

constexpr char kNoticeUsage[] =
    "  notice list --authority CODE [--not-given] [--json]\n"
    "                       某认定单位的信用修复告知书及送达情况 / notices of an authority's "
    "records\n"
    "                       and who got them\n"
    "  notice receipt RECORD --way WITH_DECISION|AT_WINDOW|BY_POST|ONLINE --on DATE --by OFFICE\n"
    "                [--receipt-no NO]\n"
    "                       登记送达 / the subject has got it; told again, nothing changes\n"
    "  notice rates --from DATE --to DATE [--json]\n"
    "                       按认定单位统计告知率 / how many subjects were told, by authority\n"
    "  notice unapplied [--region CODE] [--json]\n"
    "                       今日可以修复、尚未申请的失信信息 / what could be repaired today and "
    "is\n"
    "                       not applied for\n"
    "  notice print RECORD --out FILE\n"
    "                       打印告知书（PDF）/ the notice as a letter\n"
    "                       以上均可加 / all of them: [WHERE]; unapplied and print ask intake,\n"
    "                       the others publication\n";

nlohmann::json NoticeJson(const RepairNotice& notice) {
  nlohmann::json json = {{"record", IdText(notice.record().record())},
                         {"document_no", notice.record().document_no()},
                         {"subject_uscc", notice.record().subject_uscc()},
                         {"made_on", notice.made_on()},
                         {"repairable_on", notice.repairable_on()}};
  if (notice.has_receipt()) {
    const NoticeReceipt& receipt = notice.receipt();
    json["receipt"] = {{"way", NoticeReceipt::Way_Name(receipt.way())},
                       {"given_on", receipt.given_on()},
                       {"given_by", receipt.given_by()},
                       {"receipt_no", receipt.receipt_no()},
                       {"record_version", receipt.record_version()}};
  }
  return json;
}

void PrintNotice(const RepairNotice& notice) {
  const NoticeReceipt& receipt = notice.receipt();
  std::cout << notice.record().subject_name() << "  " << notice.record().document_no() << "  "
            << IdText(notice.record().record()) << '\n'
            << "  生成 / made: " << notice.made_on() << "，可申请 / repairable from: "
            << (notice.repairable_on().empty() ? "—" : notice.repairable_on()) << '\n';
  if (notice.has_receipt()) {
    std::cout << "  已送达 / given: " << receipt.given_on() << "  "
              << NoticeReceipt::Way_Name(receipt.way()) << "  " << receipt.given_by() << "  "
              << receipt.receipt_no() << '\n';
  } else {
    std::cout << "  未送达 / not given\n";
  }
}

int ListNotices(const Notices& notices, const Arguments& args) {
  int64_t made = 0, given = 0;
  publication::v1::ListRepairNoticesRequest request;
  request.set_authority(args.Value("authority"));
  request.set_not_given(args.Has("not-given"));
  const absl::Status status =
      notices.EachPage(&Notices::Stub::ListRepairNotices, request,
                       [&](const publication::v1::ListRepairNoticesResponse& page) {
                         for (const RepairNotice& notice : page.notices()) {
                           ++made;
                           given += notice.has_receipt() ? 1 : 0;
                           args.Has("json") ? void(std::cout << NoticeJson(notice).dump() << '\n')
                                            : PrintNotice(notice);
                         }
                       });
  if (!status.ok()) return Failed(status);
  if (!args.Has("json")) {
    std::cout << "共 / notices: " << made << "，已送达 / given: " << given << '\n';
  }
  return Told();
}

int RecordReceipt(const Notices& notices, const Arguments& args, const Id& record,
                  NoticeReceipt::Way way) {
  publication::v1::RecordNoticeReceiptRequest request;
  request.set_record(std::string(record.bytes()));
  request.mutable_receipt()->set_way(way);
  request.mutable_receipt()->set_given_on(args.Value("on"));
  request.mutable_receipt()->set_given_by(args.Value("by"));
  request.mutable_receipt()->set_receipt_no(args.Value("receipt-no"));
  const auto recorded = notices.Call(&Notices::Stub::RecordNoticeReceipt, request);
  if (!recorded.ok()) return Failed(recorded.status());
  PrintNotice(recorded->notice());
  return Told();
}

int TellRates(const Notices& notices, const Arguments& args) {
  publication::v1::GetNoticeRatesRequest request;
  request.set_from_date(args.Value("from"));
  request.set_to_date(args.Value("to"));
  const auto rates = notices.Call(&Notices::Stub::GetNoticeRates, request);
  if (!rates.ok()) return Failed(rates.status());
  for (const auto& rate : rates->rates()) {
    if (args.Has("json")) {
      std::cout << nlohmann::json{{"authority", rate.authority().code()},
                                  {"name", rate.authority().name()},
                                  {"made", rate.made()},
                                  {"given", rate.given()}}
                       .dump()
                << '\n';
    } else {
      std::cout << absl::StrFormat(
          "%5.1f %%  %d / %d  %s\n",
          100.0 * static_cast<double>(rate.given()) / static_cast<double>(rate.made()),
          rate.given(), rate.made(), rate.authority().name());
    }
  }
  return Told();
}

void PrintUnapplied(const Unapplied& one, bool json) {
  const common::v1::RecordSnapshot& record = one.record().snapshot();
  if (json) {
    std::cout << nlohmann::json{{"record", one.record().name()},
                                {"subject_uscc", record.subject_uscc()},
                                {"document_no", record.document_no()},
                                {"repairable_on", one.repairable_on()}}
                     .dump()
              << '\n';
  } else {
    std::cout << one.repairable_on() << "  " << record.subject_name() << "  "
              << record.document_no() << "  " << record.authority().name() << '\n';
  }
}

int ListUnapplied(const Letters& letters, const Arguments& args) {
  int64_t count = 0;
  intake::v1::ListUnappliedRecordsRequest request;
  request.set_region(args.Value("region"));
  const absl::Status status =
      letters.EachPage(&Letters::Stub::ListUnappliedRecords, request,
                       [&](const intake::v1::ListUnappliedRecordsResponse& page) {
                         for (const Unapplied& one : page.records()) {
                           ++count;
                           PrintUnapplied(one, args.Has("json"));
                         }
                       });
  if (!status.ok()) return Failed(status);
  if (!args.Has("json")) std::cout << "共 / records: " << count << '\n';
  return Told();
}

int PrintLetter(const Letters& letters, const Id& record, const std::string& path) {
  intake::v1::GetRepairNoticeRequest request;
  request.set_record(absl::StrCat("records/", record.ToString()));
  const auto letter = letters.Call(&Letters::Stub::RenderRepairNotice, request);
  if (!letter.ok()) return Failed(letter.status());
  std::ofstream file(path, std::ios::binary);
  file << letter->content();
  file.close();
  if (!file) {
    std::cerr << "写不进文件 / cannot be written: " << path << '\n';
    return kExitFailed;
  }
  std::cout << letter->file_name() << " -> " << path << '\n';
  return Told();
}

// What is asked of publication, when it is whole.
std::optional<int> AskOfNotices(const Notices& notices, const Arguments& args) {
  const std::string& verb = args.word(0);
  if (args.words().size() == 1) {
    if (verb == "list" && args.Has("authority")) return ListNotices(notices, args);
    if (verb == "rates" && args.Has("from") && args.Has("to")) return TellRates(notices, args);
    return std::nullopt;
  }
  const absl::StatusOr<Id> record = Id::Parse(args.word(1));
  NoticeReceipt::Way way = NoticeReceipt::WAY_UNSPECIFIED;
  if (verb == "receipt" && args.words().size() == 2 && record.ok() && args.Has("on") &&
      args.Has("by") && NoticeReceipt::Way_Parse(args.Value("way"), &way)) {
    return RecordReceipt(notices, args, *record, way);
  }
  return std::nullopt;
}

// The same of intake.
std::optional<int> AskOfLetters(const Letters& letters, const Arguments& args) {
  const std::string& verb = args.word(0);
  if (verb == "unapplied" && args.words().size() == 1) return ListUnapplied(letters, args);
  const absl::StatusOr<Id> record = Id::Parse(args.word(1));
  if (verb == "print" && args.words().size() == 2 && record.ok() && args.Has("out")) {
    return PrintLetter(letters, *record, args.Value("out"));
  }
  return std::nullopt;
}

template <typename Asked>
int AskNotices(const Arguments& args, const char* service,
               std::optional<int> (*ask)(const Asked&, const Arguments&)) {
  const absl::StatusOr<Asked> asked = Asked::Of(args, service);
  if (!asked.ok()) return Failed(asked.status());
  const std::optional<int> done = ask(*asked, args);
  return done ? *done : UsageError(kNoticeUsage);
}

int RunNotice(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args =
      Arguments::Read(raw_args,
                      {"authority", "way", "on", "by", "receipt-no", "from", "to", "region", "out",
                       "config", "target", "credentials"},
                      {"not-given", "json"});
  if (!args.ok()) return UsageError(kNoticeUsage, args.status());
  if (args->words().empty()) return UsageError(kNoticeUsage);
  if (args->word(0) == "unapplied" || args->word(0) == "print") {
    return AskNotices(*args, "intake", AskOfLetters);
  }
  return AskNotices(*args, "publication", AskOfNotices);
}

}  // namespace

CommandFamily NoticeCommands() { return {"notice", kNoticeUsage, RunNotice}; }

}  // namespace xiufu::ctl
