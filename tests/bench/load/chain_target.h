#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/bench/load/target.h"
#include "xiufu/intake/v1/intake.grpc.pb.h"

namespace xiufu::bench {

// The suite's entrance: one application = one record.
class ChainTarget : public Target {
 public:
  struct Options {
    std::string address;
    std::string token;
    std::vector<std::string> subjects;  // USCCs with published, repairable records
    std::vector<std::string> material_kinds;
  };
  explicit ChainTarget(Options options);
  // Finds the subjects' records, makes a draft for each and uploads its materials.
  absl::Status Prepare(size_t count) override;
  void Submit(size_t index, absl::AnyInvocable<void(absl::Status)> done) override;
  std::string IdOf(size_t index) const override;
  const char* FinalQuery() const override {
    return "SELECT 1 FROM application WHERE id = ? AND loop_closed IS NOT NULL";
  }

 private:
  struct Draft {
    std::string subject;
    std::string record;
    std::string name;  // "applications/<uuid>"
  };
  intake::v1::IntakeService::Stub& StubFor(size_t index) { return *stubs_[index % stubs_.size()]; }
  void Arm(grpc::ClientContext& context) const;
  absl::Status FindRecords(size_t count);
  absl::Status MakeDraft(size_t index);
  absl::Status Upload(size_t index, const std::string& kind);

  const Options options_;
  std::vector<std::unique_ptr<intake::v1::IntakeService::Stub>> stubs_;
  std::vector<Draft> drafts_;
};

}  // namespace xiufu::bench
