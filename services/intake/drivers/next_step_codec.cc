#include "services/intake/drivers/next_step_codec.h"

#include "services/intake/app/tell_next_step.h"

namespace xiufu::intake {

v1::NextStep ToProto(const NextStepWords& words) {
  v1::NextStep proto;
  proto.set_text(words.text);
  proto.set_text_en(words.text_en);
  proto.set_turn(static_cast<v1::NextStep::Turn>(words.turn));
  proto.set_who(words.who);
  proto.set_who_en(words.who_en);
  proto.set_due_date(words.due_date);
  proto.set_provisional(words.provisional);
  return proto;
}

void AddNextSteps(const ApplicationView& view, const catalogue::Messages& messages,
                  v1::Application& proto) {
  *proto.mutable_next_step() = ToProto(InWords(messages, NextStepOf(view.application, view.cases)));
  for (int i = 0; i < proto.cases_size(); ++i) {
    *proto.mutable_cases(i)->mutable_next_step() =
        ToProto(InWords(messages, NextStepOf(view.cases[static_cast<size_t>(i)])));
  }
}

std::string EncodeNextStep(const NextStepWords& words) {
  return ToProto(words).SerializeAsString();
}

NextStepWords DecodeNextStep(absl::string_view bytes) {
  v1::NextStep proto;
  proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
  return {proto.text(),       proto.text_en(), static_cast<Turn>(proto.turn()),
          proto.who(),        proto.who_en(),  proto.due_date(),
          proto.provisional()};
}

}  // namespace xiufu::intake
