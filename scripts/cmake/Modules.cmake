# One call makes one module: xiufu_library(NAME SOURCES ... DEPS ... [UNITY] [PCH pure|rpc]).
#   UNITY     batches its sources: for files that see gRPC or protobuf, whose headers are nine tenths of the cost
#   PCH pure  shares one precompiled header of std and Abseil: for base, domain, app
#   PCH rpc   shares one that has gRPC besides: for drivers and what wires them
set(XIUFU_PCH_pure <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <set> <string>
    <utility> <variant> <vector> <absl/status/status.h> <absl/status/statusor.h>
    <absl/strings/str_cat.h> <absl/strings/string_view.h> <absl/time/civil_time.h>
    <absl/time/time.h> <absl/types/span.h>)
set(XIUFU_PCH_rpc ${XIUFU_PCH_pure} <grpcpp/grpcpp.h>)
set(XIUFU_PCH_test ${XIUFU_PCH_pure} <gtest/gtest.h> <rapidcheck.h>)
set(XIUFU_PCH_DEPS_pure absl::statusor absl::time absl::strings)
set(XIUFU_PCH_DEPS_rpc ${XIUFU_PCH_DEPS_pure} gRPC::grpc++)
set(XIUFU_PCH_DEPS_test ${XIUFU_PCH_DEPS_pure} GTest::gtest rapidcheck)

# GCC takes a precompiled header only where the options are those it was made with: OPTIONS are those of the kind.
function(xiufu_share_pch target kind)
  if(NOT TARGET xiufu_pch_${kind})
    set(holder ${CMAKE_BINARY_DIR}/pch/${kind}.cc)
    file(WRITE ${holder} "// Holds the precompiled header that modules of this kind share.\n")
    add_library(xiufu_pch_${kind} OBJECT ${holder})
    target_link_libraries(xiufu_pch_${kind} PUBLIC ${XIUFU_PCH_DEPS_${kind}})
    target_compile_options(xiufu_pch_${kind} PRIVATE ${ARGN})
    target_precompile_headers(xiufu_pch_${kind} PRIVATE ${XIUFU_PCH_${kind}})
  endif()
  target_precompile_headers(${target} REUSE_FROM xiufu_pch_${kind})
endfunction()

function(xiufu_library name)
  cmake_parse_arguments(ARG "UNITY" "PCH" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE ${ARG_PRIVATE_DEPS})
  if(ARG_UNITY AND XIUFU_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
  endif()
  if(ARG_PCH)
    xiufu_share_pch(${name} ${ARG_PCH})
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

# What is tested is optimised; a test itself is compiled once and run for a second. -fPIC as the shared header is.
set(XIUFU_TEST_OPTIONS -O0 -U_FORTIFY_SOURCE -fPIC $<$<CONFIG:Release>:-g0>)

# One test binary a layer: xiufu_test(NAME LABEL unit SOURCES ... DEPS ... [RUNNER COMMAND]). ctest runs the binary whole,
# through RUNNER where it needs something beside it.
function(xiufu_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT;RUNNER" "LABEL;SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_options(${name} PRIVATE ${XIUFU_TEST_OPTIONS})
  xiufu_share_pch(${name} test ${XIUFU_TEST_OPTIONS})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gtest GTest::gtest_main)
  if(XIUFU_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  endif()
  add_test(NAME ${name} COMMAND ${ARG_RUNNER} $<TARGET_FILE:${name}> WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT ${ARG_TIMEOUT})
endfunction()

# xiufu_service(NAME OBJECTS main.cc DEPS ...): the installed program build/<preset>/bin/NAME and, from the same objects,
# bin/crash/NAME-crash, whose crash points can be armed and whose clock can be set. Two links, so that what is tested is what is installed.
function(xiufu_service name)
  cmake_parse_arguments(ARG "" "" "OBJECTS;DEPS" ${ARGN})
  add_library(${name}-objects OBJECT ${ARG_OBJECTS})
  target_include_directories(${name}-objects PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name}-objects PUBLIC ${ARG_DEPS})
  xiufu_share_pch(${name}-objects rpc)
  add_executable(${name} $<TARGET_OBJECTS:${name}-objects>)
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} xiufu_crash_none)
  add_executable(${name}-crash $<TARGET_OBJECTS:${name}-objects> $<TARGET_OBJECTS:xiufu_clock_shifted>)
  target_link_libraries(${name}-crash PRIVATE ${ARG_DEPS} xiufu_crash_armed)
  set_target_properties(${name}-crash PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin/crash)
endfunction()
