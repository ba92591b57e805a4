#include "services/xiufuctl/endings_command.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "libs/base/id.h"
#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/endings_client.h"

namespace xiufu::ctl {
namespace {

using publication::v1::RefusedEnding;

constexpr char kEndingsUsage[] =
    "  endings list [--json] [--target HOST:PORT, 127.0.0.1:7105] [--credentials DIR]\n"
    "                       列出因记录已变更而未执行的修复决定 / decisions that were not carried\n"
    "                       out because their record had changed since\n"
    "  endings carry-out DECISION --reason TEXT [--target HOST:PORT] [--credentials DIR]\n"
    "                       经人工比对，决定对现有记录仍然适用：终止公示 / a person has compared:\n"
    "                       the decision stands for the record as it is, its publicity ends\n";

std::string Uuid(const std::string& bytes) {
  const absl::StatusOr<Id> id = Id::FromBytes(bytes);
  return id.ok() ? id->ToString() : "";
}

int EndingsFailed(const absl::Status& status) {
  std::cerr << "未成功 / failed: " << absl::StatusCodeToString(status.code()) << ": "
            << status.message() << '\n';
  return kExitFailed;
}

nlohmann::json EndingJson(const RefusedEnding& ending) {
  return {
      {"decision", Uuid(ending.decision())},          {"case", Uuid(ending.case_id())},
      {"application", Uuid(ending.application())},    {"record", Uuid(ending.record().record())},
      {"document_no", ending.record().document_no()}, {"decided_version", ending.decided_version()},
      {"version", ending.record().version()},         {"reason", ending.reason()}};
}

void PrintEnding(const RefusedEnding& ending) {
  std::cout << "决定 / decision  " << Uuid(ending.decision()) << '\n'
            << "  记录 / record: " << ending.record().document_no() << "  "
            << ending.record().authority().name() << "  " << Uuid(ending.record().record()) << '\n'
            << "  办件 / application: " << Uuid(ending.application()) << '\n'
            << "  决定针对版本 / decided upon version " << ending.decided_version()
            << "，现为 / now " << ending.record().version() << '\n'
            << "  原因 / reason: " << ending.reason() << '\n';
}

int ListEndings(const EndingsClient& client, bool json) {
  const auto endings = client.List();
  if (!endings.ok()) return EndingsFailed(endings.status());
  nlohmann::json list = nlohmann::json::array();
  for (const RefusedEnding& ending : *endings) {
    json ? list.push_back(EndingJson(ending)) : PrintEnding(ending);
  }
  if (json) {
    std::cout << nlohmann::json{{"endings", list}}.dump() << '\n';
  } else if (endings->empty()) {
    std::cout << "没有未执行的决定 / every decision was carried out\n";
  }
  std::cout.flush();
  return std::cout ? kExitOk : kExitFailed;
}

int CarryOutEnding(const EndingsClient& client, const Id& decision, const std::string& reason) {
  if (const absl::Status status = client.CarryOut(decision, reason); !status.ok()) {
    return EndingsFailed(status);
  }
  std::cout << "已终止公示，理由已留存 / its publicity is ended, the reason is kept\n";
  return kExitOk;
}

int RunEndings(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args =
      Arguments::Read(raw_args, {"target", "credentials", "reason"}, {"json"});
  if (!args.ok()) return UsageError(kEndingsUsage, args.status());
  const bool list = args->words() == std::vector<std::string>{"list"};
  const absl::StatusOr<Id> decision = Id::Parse(args->word(1));
  const std::string reason(absl::StripAsciiWhitespace(args->Value("reason")));
  const bool carry_out =
      args->word(0) == "carry-out" && args->words().size() == 2 && decision.ok() && !reason.empty();
  if (!list && !carry_out) return UsageError(kEndingsUsage);
  const absl::StatusOr<EndingsClient> client = EndingsClient::Connect(
      args->Value("target", "127.0.0.1:7105"), args->Value("credentials", "var/credentials"));
  if (!client.ok()) return EndingsFailed(client.status());
  return list ? ListEndings(*client, args->Has("json"))
              : CarryOutEnding(*client, *decision, reason);
}

}  // namespace

CommandFamily EndingsCommands() { return {"endings", kEndingsUsage, RunEndings}; }

}  // namespace xiufu::ctl
