#include "services/publication/drivers/csv_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "services/publication/drivers/csv_scan.h"

namespace xiufu::publication {
namespace {

constexpr absl::string_view kBom = "\xEF\xBB\xBF";

bool IsBlank(const std::vector<std::string>& fields) {
  return fields.size() == 1 && fields[0].empty();
}

}  // namespace

void CsvReader::Feed(absl::string_view chunk, std::vector<feed::FeedRow>& rows) {
  pending_.append(chunk.data(), chunk.size());
  Drain(false, rows);
}

void CsvReader::Finish(std::vector<feed::FeedRow>& rows) { Drain(true, rows); }

void CsvReader::Drain(bool at_end, std::vector<feed::FeedRow>& rows) {
  if (at_start_ && !SkipBom(at_end)) return;
  while (position_ < pending_.size()) {
    const absl::string_view rest = absl::string_view(pending_).substr(position_);
    if (skipping_line_) {
      const size_t end = rest.find('\n');
      skipping_line_ = end == absl::string_view::npos;
      Consume(skipping_line_ ? rest.size() : end + 1);
      continue;
    }
    CsvScan scan = ScanCsvRow(rest, at_end);
    if (scan.kind == CsvScan::Kind::kNeedMore) break;
    if (scan.kind == CsvScan::Kind::kBroken) {
      rows.push_back({line_, {}, std::move(scan.reason)});
      skipping_line_ = true;
    } else if (!IsBlank(scan.fields)) {
      rows.push_back({line_, std::move(scan.fields), ""});
    }
    Consume(scan.bytes);
  }
  pending_.erase(0, position_);
  position_ = 0;
}

bool CsvReader::SkipBom(bool at_end) {
  if (!at_end && pending_.size() < kBom.size() && absl::StartsWith(kBom, pending_)) return false;
  at_start_ = false;
  if (absl::StartsWith(pending_, kBom)) position_ = kBom.size();
  return true;
}

void CsvReader::Consume(size_t bytes) {
  const auto begin = pending_.begin() + static_cast<std::ptrdiff_t>(position_);
  line_ += std::count(begin, begin + static_cast<std::ptrdiff_t>(bytes), '\n');
  position_ += bytes;
}

}  // namespace xiufu::publication
