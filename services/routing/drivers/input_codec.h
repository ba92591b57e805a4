#pragma once

#include <string>
#include <vector>

#include "services/routing/app/ports.h"

namespace xiufu::routing {

// The events of the adapters, of intake and of the ledger that happen to a case.
class ProtoInputCodec final : public InputCodec {
 public:
  absl::StatusOr<CaseInput> Decode(const messaging::Envelope& event) const override;
  SupplementAsked RequestIn(absl::string_view answer) const override;
  PapersOnFile PapersIn(const std::vector<std::string>& lists,
                        const std::vector<std::string>& kinds) const override;
  absl::StatusOr<RecordReport> DecodeReport(const messaging::Envelope& event) const override;
  // The types that Decode knows.
  static std::vector<std::string> Types();
};

}  // namespace xiufu::routing
