# Compiler, warnings, sanitizers, cache: what every target is built with.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(XIUFU_UNITY "Compile protos, drivers and tests in unity batches" ON)
set(XIUFU_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them")

# NDEBUG stays off: an assertion that fails in production ends the process before it can commit.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -D_FORTIFY_SOURCE=2")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g")
add_compile_options(-Wall -Wextra -Werror=return-type -Wno-missing-field-initializers
                    -fstack-protector-strong)
# Everywhere, or GCC refuses the shared precompiled header to the targets that have it.
add_compile_options(-pthread)
add_link_options(-pthread -Wl,-z,relro,-z,now)
if(XIUFU_SANITIZE)
  add_compile_options(-fsanitize=${XIUFU_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${XIUFU_SANITIZE})
endif()

find_program(LLD ld.lld)
if(LLD)
  add_link_options(-fuse-ld=lld)
endif()

# GCC's precompiled headers are cacheable only with -fpch-preprocess and this sloppiness.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${CCACHE})
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
endif()
# Two gRPC files at once fit two cores and the memory; links are cheap but one at a time is enough.
set_property(GLOBAL PROPERTY JOB_POOLS link_pool=1)
set(CMAKE_JOB_POOL_LINK link_pool)
