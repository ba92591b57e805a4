#pragma once

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/xiufuctl/import_client.h"

namespace xiufu::ctl {

// One line on a terminal that is written over: rows, rate, what remains.
class ProgressLine {
 public:
  explicit ProgressLine(std::ostream& out) : out_(out) {}
  void Show(const ImportProgress& progress);
  void End();

 private:
  std::ostream& out_;
  const absl::Time begin_ = absl::Now();
  bool shown_ = false;
};

// For people: the counts and the first notes; `report_file` is where all of them are, or empty.
void PrintReport(const publication::v1::ImportReport& report, const std::string& report_file,
                 std::ostream& out);
// One line, with every note. They come page by page: what a million bad rows have to say is never
// in memory at once.
absl::Status PrintReportJson(const ImportClient& client,
                             const publication::v1::ImportReport& report, std::ostream& out);
// A CSV that spreadsheets open: line, kind, field, reason.
absl::Status WriteReportFile(const ImportClient& client,
                             const publication::v1::ImportReport& report, const std::string& path);

}  // namespace xiufu::ctl
