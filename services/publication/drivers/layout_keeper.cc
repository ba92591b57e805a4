#include "services/publication/drivers/layout_keeper.h"

#include <utility>

#include "absl/memory/memory.h"
#include "libs/observability/log.h"
#include "libs/observability/metrics.h"
#include "libs/service/data_faults.h"

namespace xiufu::publication {
namespace {

void CountLayoutReload(const char* outcome) {
  observability::CounterOf("xiufu_layout_reloads_total", "Layouts of feeds, loaded anew on SIGHUP",
                           {{"outcome", outcome}})
      .Add();
}

}  // namespace

LayoutKeeper::LayoutKeeper(std::string folder, feed::LayoutBook book)
    : folder_(std::move(folder)), layouts_(std::move(book)) {}

absl::StatusOr<std::unique_ptr<LayoutKeeper>> LayoutKeeper::Open(std::string folder) {
  absl::StatusOr<feed::LayoutBook> book = feed::LayoutBook::Load(folder);
  if (!book.ok()) return book.status();
  return absl::WrapUnique(new LayoutKeeper(std::move(folder), *std::move(book)));
}

absl::Status LayoutKeeper::Reload() {
  absl::StatusOr<feed::LayoutBook> book = feed::LayoutBook::Load(folder_);
  if (!book.ok()) {
    service::LogDataFaults("layouts_not_loaded", book.status());
    CountLayoutReload("refused");
    return book.status();
  }
  observability::Log(observability::Level::kInfo, "layouts_loaded",
                     {{"layouts", static_cast<int64_t>(book->layouts().size())}});
  layouts_.Replace(*std::move(book));
  CountLayoutReload("loaded");
  return absl::OkStatus();
}

}  // namespace xiufu::publication
