#pragma once

#include <map>
#include <string>
#include <vector>

#include "libs/catalogue/authority.h"
#include "libs/storage/database.h"
#include "services/department_adapter/app/ports.h"
#include "services/intake/app/intake.h"

namespace xiufu::simulation {

// Publication asked in the same process, through the same codecs as over gRPC.
class LocalRecords final : public intake::RecordSource {
 public:
  LocalRecords(storage::Database* publication, const catalogue::AuthorityRegistry* authorities)
      : publication_(publication), authorities_(authorities) {}
  void Search(const intake::RecordSearch& search, PageDone done) override;
  void Get(const std::vector<Id>& records, RecordsDone done) override;

 private:
  storage::Database* const publication_;
  const catalogue::AuthorityRegistry* const authorities_;
};

// Intake's files asked in the same process.
class LocalFiles final : public department::IntakeFiles {
 public:
  // `intake` may be set later than this is made, before the first job runs.
  explicit LocalFiles(intake::Intake** intake) : intake_(intake) {}
  absl::StatusOr<department::ApplicationFile> GetApplicationFile(const Id& application,
                                                                 absl::Time deadline) override;
  absl::StatusOr<department::ApplicationFile> GetObjectionFile(const Id& objection,
                                                               absl::Time deadline) override;
  absl::StatusOr<std::string> FetchMaterial(const Id& application, absl::string_view sha256,
                                            int64_t size, absl::Time deadline) override;

 private:
  intake::Intake** const intake_;
};

// Papers in memory.
class MemoryCache final : public department::MaterialCache {
 public:
  bool Has(absl::string_view sha256, int64_t) const override {
    return papers_.contains(std::string(sha256));
  }
  absl::Status Put(absl::string_view sha256, absl::string_view bytes) override {
    papers_[std::string(sha256)] = std::string(bytes);
    return absl::OkStatus();
  }

 private:
  std::map<std::string, std::string> papers_;
};

}  // namespace xiufu::simulation
