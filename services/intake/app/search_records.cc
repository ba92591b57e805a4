#include "services/intake/app/search_records.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status.h"
#include "services/intake/domain/create_application.h"

namespace xiufu::intake {
namespace {

absl::StatusOr<SearchResult> ResultOf(const catalogue::Messages& messages, const UsccCheck& uscc,
                                      bool first_page, RecordPage page) {
  SearchResult result;
  if (uscc.verdict == UsccVerdict::kChecksumMismatch) {
    if (first_page && page.records.empty()) {
      return FieldViolation("uscc", uscc.reason, "a unified social credit code of 18 characters");
    }
    const catalogue::BilingualText text = messages.Text("USCC_CHECKSUM_WARNING");
    result.warning = absl::StrCat(text.zh, " / ", text.en);
  }
  result.page = std::move(page);
  return result;
}

}  // namespace

void SearchRecordsCase::ByName(const SearchQuery& query, Done done) {
  source_->Search({"", query.name, query.page_size, query.page_token},
                  [done = std::move(done)](absl::StatusOr<RecordPage> page) mutable {
                    if (!page.ok()) return done(page.status());
                    done(SearchResult{*std::move(page), ""});
                  });
}

void SearchRecordsCase::operator()(const SearchQuery& query, Done done) {
  if (!query.name.empty() && !query.uscc.empty()) {
    return done(FieldViolation("name", "given together with uscc", "one of the two"));
  }
  if (!query.name.empty()) return ByName(query, std::move(done));
  absl::StatusOr<UsccCheck> uscc = ValidateUscc("uscc", query.uscc);
  if (!uscc.ok()) return done(uscc.status());
  const bool first_page = query.page_token.empty();
  source_->Search({uscc->code, "", query.page_size, query.page_token},
                  [this, uscc = *uscc, first_page,
                   done = std::move(done)](absl::StatusOr<RecordPage> page) mutable {
                    if (!page.ok()) return done(page.status());
                    done(ResultOf(*law_.messages, uscc, first_page, *std::move(page)));
                  });
}

}  // namespace xiufu::intake
