#pragma once

#include <sqlite3.h>

#include <string>

namespace xiufu::bench {

// Looks into the entrance's store, read-only, whether an application has reached its end: by point
// lookups, so that looking costs the measured system next to nothing.
class FinalWatch {
 public:
  FinalWatch(const std::string& store, const char* query);
  ~FinalWatch();
  bool IsFinal(const std::string& id);

 private:
  sqlite3* database_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace xiufu::bench
