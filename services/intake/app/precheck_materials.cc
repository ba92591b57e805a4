#include "services/intake/app/precheck_materials.h"

#include <memory>
#include <utility>

#include "services/intake/domain/consultation.h"

namespace xiufu::intake {

void PrecheckMaterialsCase::operator()(const WindowCaller& caller, const PrecheckCommand& command,
                                       Done done) {
  const Law law = law_.Now();
  Violations violations;
  const Desk desk =
      ValidateDesk(caller, command.clerk, command.window, law.catalogue->windows(), violations);
  violations.Take(ValidatePapers(command.papers, *law.catalogue));
  if (!violations.empty()) return done(violations.ToStatus());
  (*compose_)(command.inquiry,
              [this, law, desk, papers = command.papers, by_agent = command.by_agent,
               done = std::move(done)](absl::StatusOr<Notice> notice) mutable {
                if (!notice.ok()) return done(notice.status());
                Count(desk, PrecheckPapers(*std::move(notice), papers, by_agent, *law.catalogue),
                      std::move(done));
              });
}

void PrecheckMaterialsCase::Count(const Desk& desk, Precheck result, Done done) {
  const std::string month = LegalMonth(clock_->Now());
  database_->Write(
      [this, desk, month](storage::Tx& tx) {
        tables_.prechecks->CountOne(tx, desk, month);
        return tx.status();
      },
      [result = std::move(result), done = std::move(done)](absl::Status counted) mutable {
        if (counted.ok()) {
          done(std::move(result));
        } else {
          done(std::move(counted));
        }
      });
}

}  // namespace xiufu::intake
