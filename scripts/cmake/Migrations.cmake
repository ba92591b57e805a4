# xiufu_embed_migrations(TARGET DIR SYMBOL) makes the numbered SQL files of DIR (0001_name.sql ...) part of TARGET:
#   absl::Span<const xiufu::storage::Migration> SYMBOL();     SYMBOL with its namespace: xiufu::intake::Migrations
# declared in "<DIR from the root>.h", e.g. "services/intake/migrations.h".
function(xiufu_embed_migrations target dir symbol)
  get_filename_component(dir ${dir} ABSOLUTE)
  file(RELATIVE_PATH stem ${CMAKE_SOURCE_DIR} ${dir})
  file(GLOB sql CONFIGURE_DEPENDS ${dir}/*.sql)
  set(generated ${CMAKE_BINARY_DIR}/generated)
  set(script ${CMAKE_SOURCE_DIR}/scripts/cmake/EmbedMigrations.cmake)
  add_custom_command(
    OUTPUT ${generated}/${stem}.h ${generated}/${stem}.cc
    COMMAND ${CMAKE_COMMAND} -DDIR=${dir} -DSTEM=${stem} -DSYMBOL=${symbol} -DOUT=${generated}
            -P ${script}
    DEPENDS ${sql} ${script}
    VERBATIM)
  target_sources(${target} PRIVATE ${generated}/${stem}.cc ${generated}/${stem}.h)
  set_source_files_properties(${generated}/${stem}.cc PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_include_directories(${target} PUBLIC ${generated})
endfunction()
