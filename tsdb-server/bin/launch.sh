# shellcheck shell=sh
# Functions of the launchers of both programs, which source this file. Before, a launcher sets:
#   program  the name for messages
#   module   the module of the program, whose jar is run
#   here     the absolute directory of the launcher
# Afterwards it calls find_program, ask_java, use_vectors or share_classes, and at last run.

newline='
'

fail() {
  printf '%s: %s\n' "$program" "$1" >&2
  exit 1
}

# If a standard stream is closed, the next file to be opened gets its number. So a closed stream is
# replaced. Standard output is replaced by a stream that fails on writing, and the program reports it.
if [ -d /dev/fd ]; then
  [ -e /dev/fd/0 ] || exec </dev/null
  [ -e /dev/fd/1 ] || exec 1</dev/null
  [ -e /dev/fd/2 ] || exec 2>/dev/null
fi

# Sets home, lib, jar and java.
find_program() {
  home=${here%/*}
  lib=$home/lib
  if [ ! -f "$lib/launch.sh" ]; then
    # A checkout: each module has its jars in a directory of its own.
    lib=$home/target/lib
    home=${home%/*}
    [ -f "$lib/$module.jar" ] || build
  fi
  jar=$lib/$module.jar
  [ -f "$jar" ] || fail "the installation must be whole: there is no $jar"
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
  else
    java=$(command -v java) \
      || fail 'Java 17 or later is needed: found none in JAVA_HOME or on the PATH'
  fi
}

build() {
  command -v mvn >/dev/null 2>&1 \
    || fail "Maven is needed to build $lib/$module.jar: found none on the PATH"
  printf '%s: building, since there is no %s\n' "$program" "$lib/$module.jar" >&2
  (cd "$home" && mvn -q -B -DskipTests -pl tsdb-client,tsdb-server -am package) </dev/null >&2 \
    || fail 'the build must succeed first: see above'
}

# Checks the version of Java. Sets version (empty if unknown) and has_vectors.
ask_java() {
  version=
  has_vectors=
  # Reads the version of Java from a file, because starting java takes as long as a command.
  release=${java%/bin/java}/release
  if [ ! -f "$release" ]; then
    release=$(readlink -f -- "$java") || release=$java
    release=${release%/bin/java}/release
  fi
  [ -f "$release" ] || return 0
  said=$(cat "$release")
  case $said in
    *'JAVA_VERSION="'*)
      version=${said#*JAVA_VERSION=\"}
      # 17.0.1 begins with 17; versions up to 8 begin with 1.
      version=${version%%[!0-9]*}
      ;;
  esac
  if [ "${version:-17}" -lt 17 ]; then
    fail "Java 17 or later is needed: found version $version at $java"
  fi
  case $said in
    *jdk.incubator.vector*) has_vectors=yes ;;
  esac
}

# Lets Java load its classes from an archive (class-data sharing), which halves the time of a command.
# The user's cache holds one archive for each Java and set of jars. The first command starts a process
# of the lowest priority that makes the archive, and does not wait for it. If that process fails,
# commands run without an archive. The archive is not made when the program is built, because it
# fits only the Java that made it. TSDB_CLASS_CACHE=off makes and uses none; TSDB_CLASS_CACHE=wait
# waits until the archive is made.
#
# $1: the class that is run to record which classes commands load
share_classes() {
  cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
  if [ -z "$cache" ] || [ "${TSDB_CLASS_CACHE:-}" = off ]; then
    return 0
  fi
  find_archive || return 0
  # ArchiveRelocationMode=0 maps the archive at the address it was made for, so that no pointer needs
  # correction. UsePerfData would write a file for monitoring tools. The scaling delays compilation,
  # because a short command repeats little.
  sharing='-XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:-UsePerfData'
  sharing="$sharing -XX:CompileThresholdScaling=4"
  # An empty file means that the archive could not be made; it is tried again after a day.
  if [ -z "$archive" ] || { [ ! -s "$archive" ] && [ -n "$(find "$archive" -mtime +0)" ]; }; then
    if [ "${TSDB_CLASS_CACHE:-}" = wait ]; then
      (make_archive "$1") </dev/null >/dev/null 2>&1 || :
      find_archive || :
    else
      # Started from a subshell that ends at once, so that init reaps it. The files that the caller
      # has open, such as locks and pipes, are closed.
      ( (make_archive "$1") & ) </dev/null >/dev/null 2>&1 \
        3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
    fi
  fi
  if [ ! -s "$archive" ] || [ ! -r "$archive" ]; then
    archive=
    sharing=
  else
    # Java ignores an archive that does not fit; these options keep it from saying so.
    sharing="$sharing -Xlog:cds=off -Xlog:cds+dynamic=off -Xlog:class+path=off"
  fi
}

# Finds the archive for this Java and these jars. The name of an archive ends with its size, because
# Java crashes on a truncated archive; an archive of another size is passed over. Sets key, which
# begins its name, and archive (empty if there is no whole one).
find_archive() {
  archive=
  # Java compares sizes and times of the jars, so the key holds them, too. ls lists the files first,
  # and the directory after an empty line.
  # shellcheck disable=SC2012  # sizes are needed, and names of archives have no special characters
  listed=$(LC_ALL=C TZ=UTC0 ls -Lnl -- "$java" "$lib"/*.jar "$cache/tsdb" 2>/dev/null) || :
  key=$(printf %s "${listed%%"$newline$newline"*}" | cksum) || return 1
  key=$program-${version:-0}-${key%% *}
  case $listed in
    *" $key-"*.jsa*) ;;
    *) return 0 ;;
  esac
  size=${listed##*" $key-"}
  size=${size%%.jsa*}
  line=${listed%" $key-$size.jsa"*}
  case ${line##*"$newline"} in
    *" $size "*) archive=$cache/tsdb/$key-$size.jsa ;;
  esac
}

# Runs Java with the options of later commands, at the lowest priority.
idly() {
  # shellcheck disable=SC2086  # the options are meant to be split
  nice -n 19 "$java" -XX:+UseSerialGC $quick $sharing "$@"
}

# Makes the archive under another name, forces it to the disk, and renames it, because Java crashes
# on a truncated archive. If Java cannot make the archive, an empty file takes its place.
make_archive() {
  trap '' HUP INT
  umask 077
  mkdir -p "$cache/tsdb" || return 0
  stem=$cache/tsdb/$key
  lock=$stem.lock
  if ! mkdir "$lock"; then
    # Another process is making the archive. A lock older than ten minutes is of a killed process.
    [ -z "$(find "$lock" -prune -mmin +10)" ] || rmdir "$lock"
    return 0
  fi
  part=$stem.$$
  trap 'rm -rf "$part" "$part.all" "$part.list" "$lock"' EXIT
  trap 'exit 1' TERM
  # Java cannot archive lambdas of classes as old as picocli's (for Java 5), so their lines are left
  # out of the list.
  if idly -XX:DumpLoadedClassList="$part.all" -cp "$jar" "$1" \
    && sed -e '/^@cp /d' -e '/^@lambda-proxy.*picocli/d' "$part.all" >"$part.list" \
    && idly -Xshare:dump -XX:SharedClassListFile="$part.list" -XX:SharedArchiveFile="$part" \
      -cp "$jar" \
    && [ -s "$part" ] && { sync "$part" || sync; }; then
    size=$(wc -c <"$part")
  else
    : >"$part"
    size=0
  fi
  rm -f "$stem-"*.jsa
  # wc of some systems writes blanks before the number.
  mv -f "$part" "$stem-$((size)).jsa"
  find "$cache/tsdb" -type f -name "$program-*" -mtime +90 -exec rm -f {} +
}

# Copies standard input to standard output without the first line, if that is Java's warning about
# the incubating vector module. Later bytes are copied at once, also where a line has no end yet.
drop_warning() {
  while IFS= read -r line; do
    case $line in
      'Picked up '*) printf '%s\n' "$line" ;;
      'WARNING: Using incubator modules: '*) exec cat ;;
      *)
        printf '%s\n' "$line"
        exec cat
        ;;
    esac
  done
  printf %s "$line"
}

# Lets Java compute with vectors if it has the module. No option suppresses the warning that the
# module is incubating, which Java prints before any code of the program runs. So Java's standard
# error is a pipe that drops the warning, and the program writes to the real standard error, file
# descriptor 8. Java replaces this script: it gets the signals, and its exit code is the script's.
use_vectors() {
  vectors=
  [ -n "$has_vectors" ] || return 0
  # Without a pipe, Java computes without vectors.
  pipe=$(mktemp -d 2>/dev/null) || return 0
  if mkfifo "$pipe/err" 2>/dev/null; then
    (
      trap '' HUP INT TERM
      drop_warning
    ) <"$pipe/err" >&2 &
    exec 8>&2 2>"$pipe/err"
    vectors='--add-modules=jdk.incubator.vector'
    vectors="$vectors --add-opens=java.base/java.io=ALL-UNNAMED -Dtsdb.stderr=8"
  fi
  rm -rf "$pipe"
}

# Makes names of files UTF-8 for Java, also where no locale or another one is set. Sets locale to the
# locale that was set.
use_utf8() {
  locale=${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}
  case $locale in
    *UTF-8* | *utf-8* | *UTF8* | *utf8*) ;;
    *)
      LC_ALL=C.UTF-8
      export LC_ALL
      ;;
  esac
}

# Replaces this process by Java. The user's options come after the options of this script.
#
# $@: the arguments of the program
run() {
  # shellcheck disable=SC2086  # the options are meant to be split
  exec "$java" $options $quick $vectors $sharing ${archive:+"-XX:SharedArchiveFile=$archive"} \
    ${archive:+"-XX:ErrorFile=$cache/tsdb/$program-crash-%p.log"} \
    ${TSDB_JAVA_OPTIONS:-} \
    -Dtsdb.home="$home" -Dtsdb.program="$0" -jar "$jar" "$@"
}
