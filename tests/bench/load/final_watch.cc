#include "tests/bench/load/final_watch.h"

#include <cstdio>
#include <cstdlib>

namespace xiufu::bench {

FinalWatch::FinalWatch(const std::string& store, const char* query) {
  const bool open =
      sqlite3_open_v2(store.c_str(), &database_, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK &&
      sqlite3_prepare_v2(database_, query, -1, &statement_, nullptr) == SQLITE_OK;
  if (open) return;
  fprintf(stderr, "load: cannot read %s: %s\n", store.c_str(), sqlite3_errmsg(database_));
  std::_Exit(1);
}

FinalWatch::~FinalWatch() {
  sqlite3_finalize(statement_);
  sqlite3_close(database_);
}

bool FinalWatch::IsFinal(const std::string& id) {
  sqlite3_bind_blob(statement_, 1, id.data(), static_cast<int>(id.size()), SQLITE_STATIC);
  const int step = sqlite3_step(statement_);
  sqlite3_reset(statement_);
  return step == SQLITE_ROW;
}

}  // namespace xiufu::bench
