#include "services/routing/drivers/input_codec.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/routing/drivers/answer_codec.h"
#include "services/routing/drivers/material_list.h"
#include "services/routing/drivers/proto_fields.h"
#include "services/routing/drivers/report_codec.h"
#include "xiufu/department/v1/events.pb.h"
#include "xiufu/intake/v1/events.pb.h"
#include "xiufu/result/v1/events.pb.h"

namespace xiufu::routing {
namespace {

// The case and application that every such event names.
template <typename Proto>
CaseInput About(const Proto& proto, FieldReader& reader) {
  return {.case_id = reader.RequiredId("case_id", proto.case_id()),
          .application = reader.RequiredId("application", proto.application())};
}

CaseInput InputFrom(const department::v1::TaskDelivered& proto, FieldReader& reader) {
  CaseInput input = About(proto, reader);
  input.at = reader.RequiredTime("delivered_at", proto.has_delivered_at(), proto.delivered_at());
  input.what = Delivered{reader.RequiredId("task", proto.task()), proto.authority_code(),
                         proto.authority_task_no()};
  return input;
}

CaseInput InputFrom(const department::v1::TaskAnswered& proto, FieldReader& reader) {
  CaseInput input = About(proto, reader);
  input.at = reader.RequiredTime("received_at", proto.has_received_at(), proto.received_at());
  Answered answered = AnsweredFrom(proto.answer(), reader);
  answered.task = reader.RequiredId("task", proto.task());
  answered.authority_code = proto.authority_code();
  input.what = std::move(answered);
  return input;
}

CaseInput InputFrom(const intake::v1::ApplicationSupplemented& proto, FieldReader& reader) {
  CaseInput input = About(proto, reader);
  input.at =
      reader.RequiredTime("supplemented_at", proto.has_supplemented_at(), proto.supplemented_at());
  if (proto.round() < 1) reader.Fail("round", "is below 1");
  input.what = Supplemented{proto.round(), EncodeMaterials(proto.materials())};
  return input;
}

CaseInput InputFrom(const intake::v1::SupplementMissed& proto, FieldReader& reader) {
  CaseInput input = About(proto, reader);
  input.at = reader.RequiredTime("missed_at", proto.has_missed_at(), proto.missed_at());
  if (proto.round() < 1) reader.Fail("round", "is below 1");
  input.what = SupplementMissed{proto.round()};
  return input;
}

CaseInput InputFrom(const intake::v1::WithdrawalRequested& proto, FieldReader& reader) {
  CaseInput input = About(proto, reader);
  input.at = reader.RequiredTime("requested_at", proto.has_requested_at(), proto.requested_at());
  input.what = WithdrawalAsked{};
  return input;
}

CaseInput InputFrom(const result::v1::DecisionEntered& proto, FieldReader& reader) {
  CaseInput input = About(proto, reader);
  input.at = reader.RequiredTime("entered_at", proto.has_entered_at(), proto.entered_at());
  input.what =
      DecisionEntered{reader.RequiredId("decision", proto.decision()),
                      {static_cast<CaseResult>(proto.result()), proto.decision_no(),
                       proto.decision_date(), TextsFrom(proto.reasons()), proto.remedies()}};
  return input;
}

CaseInput InputFrom(const result::v1::DecisionFaulty& proto, FieldReader& reader) {
  CaseInput input = About(proto, reader);
  input.at = reader.RequiredTime("found_at", proto.has_found_at(), proto.found_at());
  input.what = DecisionFaulty{reader.RequiredText("answer_id", proto.answer_id()),
                              reader.RequiredText("reason", proto.reason())};
  return input;
}

CaseInput InputFrom(const result::v1::LoopClosed& proto, FieldReader& reader) {
  CaseInput input = About(proto, reader);
  input.at = reader.RequiredTime("closed_at", proto.has_closed_at(), proto.closed_at());
  input.what = LoopClosed{};
  return input;
}

template <typename Proto>
absl::StatusOr<CaseInput> DecodeAs(absl::string_view data) {
  const std::string& name = Proto::descriptor()->name();
  Proto proto;
  if (!proto.ParseFromArray(data.data(), static_cast<int>(data.size()))) {
    return absl::InvalidArgumentError(absl::StrCat("not a ", name));
  }
  FieldReader reader(name);
  CaseInput input = InputFrom(proto, reader);
  if (!reader.status().ok()) return reader.status();
  return input;
}

struct KnownType {
  absl::string_view type;
  absl::StatusOr<CaseInput> (*decode)(absl::string_view data);
};

constexpr KnownType kKnownTypes[] = {
    {"xiufu.adapter.delivered.v1", DecodeAs<department::v1::TaskDelivered>},
    {"xiufu.adapter.answered.v1", DecodeAs<department::v1::TaskAnswered>},
    {"xiufu.intake.supplemented.v1", DecodeAs<intake::v1::ApplicationSupplemented>},
    {"xiufu.intake.supplement_missed.v1", DecodeAs<intake::v1::SupplementMissed>},
    {"xiufu.intake.withdrawal_requested.v1", DecodeAs<intake::v1::WithdrawalRequested>},
    {"xiufu.result.decision_entered.v1", DecodeAs<result::v1::DecisionEntered>},
    {"xiufu.result.decision_faulty.v1", DecodeAs<result::v1::DecisionFaulty>},
    {"xiufu.result.loop_closed.v1", DecodeAs<result::v1::LoopClosed>},
};

}  // namespace

absl::StatusOr<CaseInput> ProtoInputCodec::Decode(const messaging::Envelope& event) const {
  for (const KnownType& known : kKnownTypes) {
    if (known.type == event.type) return known.decode(event.data);
  }
  return absl::InvalidArgumentError(absl::StrCat(event.type, " is no input of a case"));
}

SupplementAsked ProtoInputCodec::RequestIn(absl::string_view answer) const {
  department::v1::Answer proto;
  proto.ParseFromArray(answer.data(), static_cast<int>(answer.size()));
  return RequestFrom(proto.supplement_requested());
}

PapersOnFile ProtoInputCodec::PapersIn(const std::vector<std::string>& lists,
                                       const std::vector<std::string>& kinds) const {
  PapersOnFile on_file;
  MaterialRefs papers;
  std::set<std::string> seen;
  for (const std::string& list : lists) {
    for (const common::v1::MaterialRef& paper : DecodeMaterials(list)) {
      const bool wanted = std::find(kinds.begin(), kinds.end(), paper.kind()) != kinds.end();
      if (!wanted || !seen.insert(paper.material()).second) continue;
      if (!on_file.Holds(paper.kind())) on_file.given.push_back(paper.kind());
      *papers.Add() = paper;
    }
  }
  on_file.materials = EncodeMaterials(papers);
  return on_file;
}

absl::StatusOr<RecordReport> ProtoInputCodec::DecodeReport(const messaging::Envelope& event) const {
  return routing::DecodeReport(event.data);
}

std::vector<std::string> ProtoInputCodec::Types() {
  std::vector<std::string> types;
  for (const KnownType& known : kKnownTypes) types.emplace_back(known.type);
  return types;
}

}  // namespace xiufu::routing
