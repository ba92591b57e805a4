#include "services/xiufuctl/notice_command.h"

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "libs/base/id.h"
#include "libs/base/status.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/notice_client.h"

namespace xiufu::ctl {
namespace {

using publication::v1::NoticeReceipt;
using publication::v1::RepairNotice;

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
    "                [--target HOST:PORT of publication, 127.0.0.1:7105]\n"
    "                [--intake HOST:PORT, 127.0.0.1:7101] [--credentials DIR]\n";

int NoticeFailed(const absl::Status& status) {
  std::cerr << "未成功 / failed: " << absl::StatusCodeToString(status.code()) << ": "
            << status.message() << '\n';
  for (const Violation& violation : ViolationsOf(status)) {
    std::cerr << "  " << violation.field << ": " << violation.description << '\n';
  }
  return kExitFailed;
}

int Told() {
  std::cout.flush();
  return std::cout ? kExitOk : kExitFailed;
}

std::string IdText(const std::string& bytes) {
  const absl::StatusOr<Id> id = Id::FromBytes(bytes);
  return id.ok() ? id->ToString() : "";
}

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

int ListNotices(const NoticeClient& client, const Arguments& args) {
  int64_t made = 0, given = 0;
  const absl::Status status = client.ForEachNotice(
      args.Value("authority"), args.Has("not-given"), [&](const RepairNotice& notice) {
        ++made;
        given += notice.has_receipt() ? 1 : 0;
        if (args.Has("json")) {
          std::cout << NoticeJson(notice).dump() << '\n';
        } else {
          PrintNotice(notice);
        }
      });
  if (!status.ok()) return NoticeFailed(status);
  if (!args.Has("json")) {
    std::cout << "共 / notices: " << made << "，已送达 / given: " << given << '\n';
  }
  return Told();
}

int RecordReceipt(const NoticeClient& client, const Arguments& args, const Id& record,
                  NoticeReceipt::Way way) {
  publication::v1::RecordNoticeReceiptRequest request;
  request.set_record(std::string(record.bytes()));
  request.mutable_receipt()->set_way(way);
  request.mutable_receipt()->set_given_on(args.Value("on"));
  request.mutable_receipt()->set_given_by(args.Value("by"));
  request.mutable_receipt()->set_receipt_no(args.Value("receipt-no"));
  const absl::StatusOr<RepairNotice> notice = client.RecordReceipt(request);
  if (!notice.ok()) return NoticeFailed(notice.status());
  PrintNotice(*notice);
  return Told();
}

int TellRates(const NoticeClient& client, const Arguments& args) {
  const auto rates = client.Rates(args.Value("from"), args.Value("to"));
  if (!rates.ok()) return NoticeFailed(rates.status());
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

int ListUnapplied(const NoticeClient& client, const Arguments& args) {
  int64_t count = 0;
  const absl::Status status =
      client.ForEachUnapplied(args.Value("region"), [&](const NoticeClient::Unapplied& one) {
        ++count;
        const common::v1::RecordSnapshot& record = one.record().snapshot();
        if (args.Has("json")) {
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
      });
  if (!status.ok()) return NoticeFailed(status);
  if (!args.Has("json")) std::cout << "共 / records: " << count << '\n';
  return Told();
}

int PrintLetter(const NoticeClient& client, const Id& record, const std::string& path) {
  const auto letter = client.Render(absl::StrCat("records/", record.ToString()));
  if (!letter.ok()) return NoticeFailed(letter.status());
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

// What the operator wants, when it is whole.
std::optional<int> Dispatch(const NoticeClient& client, const Arguments& args) {
  const std::string& verb = args.word(0);
  if (args.words().size() == 1) {
    if (verb == "list" && args.Has("authority")) return ListNotices(client, args);
    if (verb == "rates" && args.Has("from") && args.Has("to")) return TellRates(client, args);
    if (verb == "unapplied") return ListUnapplied(client, args);
    return std::nullopt;
  }
  const absl::StatusOr<Id> record = Id::Parse(args.word(1));
  if (args.words().size() != 2 || !record.ok()) return std::nullopt;
  NoticeReceipt::Way way = NoticeReceipt::WAY_UNSPECIFIED;
  if (verb == "receipt" && NoticeReceipt::Way_Parse(args.Value("way"), &way) && args.Has("on") &&
      args.Has("by")) {
    return RecordReceipt(client, args, *record, way);
  }
  if (verb == "print" && args.Has("out")) return PrintLetter(client, *record, args.Value("out"));
  return std::nullopt;
}

int RunNotice(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args =
      Arguments::Read(raw_args,
                      {"authority", "way", "on", "by", "receipt-no", "from", "to", "region", "out",
                       "target", "intake", "credentials"},
                      {"not-given", "json"});
  if (!args.ok()) return UsageError(kNoticeUsage, args.status());
  if (args->words().empty()) return UsageError(kNoticeUsage);
  const absl::StatusOr<NoticeClient> client = NoticeClient::Connect(
      args->Value("target", "127.0.0.1:7105"), args->Value("intake", "127.0.0.1:7101"),
      args->Value("credentials", "var/credentials"));
  if (!client.ok()) return NoticeFailed(client.status());
  const std::optional<int> done = Dispatch(*client, *args);
  return done ? *done : UsageError(kNoticeUsage);
}

}  // namespace

CommandFamily NoticeCommands() { return {"notice", kNoticeUsage, RunNotice}; }

}  // namespace xiufu::ctl
