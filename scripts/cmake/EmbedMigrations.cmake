# Run by xiufu_embed_migrations: writes OUT/STEM.h and OUT/STEM.cc for the SQL files of DIR.
string(REGEX MATCH "^(.*)::([^:]+)$" matched ${SYMBOL})
set(namespace ${CMAKE_MATCH_1})
set(name ${CMAKE_MATCH_2})

file(GLOB files ${DIR}/*.sql)
list(SORT files)
set(entries "")
foreach(file ${files})
  get_filename_component(base ${file} NAME_WE)
  if(NOT base MATCHES "^0*([1-9][0-9]*)_.+$")
    message(FATAL_ERROR "${file}: a migration is called 0001_what_it_does.sql")
  endif()
  set(version ${CMAKE_MATCH_1})
  file(READ ${file} sql)
  string(APPEND entries "      {${version}, \"${base}\", R\"XIUFU_SQL(${sql})XIUFU_SQL\"},\n")
endforeach()

file(WRITE ${OUT}/${STEM}.h "// Made from ${STEM}/*.sql.
#pragma once

#include \"absl/types/span.h\"
#include \"libs/storage/database.h\"

namespace ${namespace} {

absl::Span<const xiufu::storage::Migration> ${name}();

}  // namespace ${namespace}
")
file(WRITE ${OUT}/${STEM}.cc "// Made from ${STEM}/*.sql.
#include \"${STEM}.h\"

namespace ${namespace} {

absl::Span<const xiufu::storage::Migration> ${name}() {
  static constexpr xiufu::storage::Migration kMigrations[] = {
${entries}  };
  return kMigrations;
}

}  // namespace ${namespace}
")
