# One call makes one module: xiufu_library(NAME SOURCES ... DEPS ... [UNITY] [PCH]).
#   UNITY  batches its sources: for files that see gRPC or protobuf, whose headers are nine tenths of the cost
#   PCH    shares one precompiled header of std and Abseil: for pure code (base, domain, app)
set(XIUFU_PURE_PCH <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <set> <string>
    <utility> <variant> <vector> <absl/status/status.h> <absl/status/statusor.h>
    <absl/strings/str_cat.h> <absl/strings/string_view.h> <absl/time/civil_time.h>
    <absl/time/time.h> <absl/types/span.h>)

function(xiufu_pure_pch target)
  if(NOT TARGET xiufu_pure_pch)
    file(WRITE ${CMAKE_BINARY_DIR}/pch/pure.cc "// Holds the precompiled header that pure modules share.\n")
    add_library(xiufu_pure_pch OBJECT ${CMAKE_BINARY_DIR}/pch/pure.cc)
    target_link_libraries(xiufu_pure_pch PUBLIC absl::statusor absl::time absl::strings)
    target_precompile_headers(xiufu_pure_pch PRIVATE ${XIUFU_PURE_PCH})
  endif()
  target_precompile_headers(${target} REUSE_FROM xiufu_pure_pch)
endfunction()

function(xiufu_library name)
  cmake_parse_arguments(ARG "UNITY;PCH" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE ${ARG_PRIVATE_DEPS})
  if(ARG_UNITY AND XIUFU_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
  endif()
  if(ARG_PCH)
    xiufu_pure_pch(${name})
  endif()
endfunction()

# xiufu_program(NAME SOURCES ... DEPS ... [UNITY]): build/<preset>/bin/NAME
function(xiufu_program name)
  cmake_parse_arguments(ARG "UNITY" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
  if(ARG_UNITY AND XIUFU_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
  endif()
endfunction()

# One test binary a layer: xiufu_test(NAME LABEL unit SOURCES ... DEPS ...). ctest runs the binary whole.
function(xiufu_test name)
  cmake_parse_arguments(ARG "" "LABEL;TIMEOUT" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  # What is tested is optimised; the test itself is compiled once and run for a second.
  target_compile_options(${name} PRIVATE -O0 -U_FORTIFY_SOURCE)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gtest GTest::gtest_main)
  if(XIUFU_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  endif()
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT ${ARG_TIMEOUT})
endfunction()

# xiufu_service(NAME OBJECTS main.cc DEPS ...): the installed program build/<preset>/bin/NAME and, from the same objects,
# bin/crash/NAME-crash, whose crash points can be armed. Two links, so that what is tested is what is installed.
function(xiufu_service name)
  cmake_parse_arguments(ARG "" "" "OBJECTS;DEPS" ${ARGN})
  add_library(${name}-objects OBJECT ${ARG_OBJECTS})
  target_include_directories(${name}-objects PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name}-objects PUBLIC ${ARG_DEPS})
  add_executable(${name} $<TARGET_OBJECTS:${name}-objects>)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} xiufu_crash_none)
  add_executable(${name}-crash $<TARGET_OBJECTS:${name}-objects>)
  target_link_libraries(${name}-crash PRIVATE ${ARG_DEPS} xiufu_crash_armed)
  set_target_properties(${name}-crash PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin/crash)
endfunction()
