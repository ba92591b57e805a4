#include "services/xiufuctl/pushed_command.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "services/xiufuctl/arguments.h"
#include "services/xiufuctl/local_time.h"
#include "services/xiufuctl/operator_call.h"
#include "services/xiufuctl/telling.h"
#include "xiufu/intake/v1/front_door.grpc.pb.h"

namespace xiufu::ctl {
namespace {

using intake::v1::PushReceipt;
using Waiting = intake::v1::ListPushedResponse::Waiting;
using FrontDoor = Operator<intake::v1::FrontDoorService>;

constexpr char kPushedUsage[] =
    "  pushed list [--json] [WHERE]\n"
    "                       列出上级入口推送、尚未成为办件的申请及原因 / what upstream doors\n"
    "                       pushed and no case has yet, and why\n"
    "  pushed take-up pushed/ID [--record records/ID] [WHERE]\n"
    "                       立即重新查找失信信息，可以指定是哪一条 / looks its record up again "
    "now;\n"
    "                       a person may say which it is\n";

nlohmann::json PushedJson(const Waiting& one) {
  return {{"pushed", one.name()},
          {"upstream_no", one.receipt().upstream_no()},
          {"state", PushReceipt::State_Name(one.receipt().state())},
          {"reason", one.receipt().reason()},
          {"missing_papers", one.receipt().missing_sha256_size()},
          {"subject_uscc", one.record().subject_uscc()},
          {"authority_uscc", one.record().authority_uscc()},
          {"document_no", one.record().document_no()},
          {"received_at", ZonedTime(one.received_at())}};
}

void PrintPushed(const Waiting& one) {
  std::cout << one.name() << "  " << PushReceipt::State_Name(one.receipt().state()) << '\n'
            << "  上级编号 / upstream number: " << one.receipt().upstream_no() << '\n'
            << "  记录 / record: " << one.record().subject_uscc() << "  "
            << one.record().authority_uscc() << "  " << one.record().document_no()
            << one.record().list_name() << '\n';
  if (!one.receipt().reason().empty()) {
    std::cout << "  原因 / reason: " << one.receipt().reason() << '\n';
  }
  if (one.receipt().missing_sha256_size() > 0) {
    std::cout << "  缺少材料 / papers missing: " << one.receipt().missing_sha256_size() << '\n';
  }
  std::cout << "  收到 / received " << ZonedTime(one.received_at()) << '\n';
}

int TakeUp(const FrontDoor& door, const Arguments& args) {
  intake::v1::TakeUpPushedRequest request;
  request.set_name(args.word(1));
  request.set_record(args.Value("record"));
  const absl::StatusOr<PushReceipt> receipt = door.Call(&FrontDoor::Stub::TakeUpPushed, request);
  if (!receipt.ok()) return Failed(receipt.status());
  std::cout << "正在查找 / being looked up: " << receipt->upstream_no() << '\n';
  return kExitOk;
}

int RunPushed(const std::vector<std::string>& raw_args) {
  const absl::StatusOr<Arguments> args =
      Arguments::Read(raw_args, {"config", "target", "credentials", "record"}, {"json"});
  if (!args.ok()) return UsageError(kPushedUsage, args.status());
  const bool list = args->words().size() == 1 && args->word(0) == "list";
  const bool take_up = args->words().size() == 2 && args->word(0) == "take-up";
  if (!list && !take_up) return UsageError(kPushedUsage);
  const absl::StatusOr<FrontDoor> door = FrontDoor::Of(*args, "intake");
  if (!door.ok()) return Failed(door.status());
  if (take_up) return TakeUp(*door, *args);
  return TellRows(door->All(
                      &FrontDoor::Stub::ListPushed, intake::v1::ListPushedRequest(),
                      [](const auto& page) -> const auto& { return page.pushed(); }),
                  "pushed", "没有待处理的推送 / nothing waits", args->Has("json"), PushedJson,
                  PrintPushed);
}

}  // namespace

CommandFamily PushedCommands() { return {"pushed", kPushedUsage, RunPushed}; }

}  // namespace xiufu::ctl
