# shellcheck shell=sh
# What the launchers of both programs share; they read it in. They have set:
#   program  the name for messages
#   module   the module of the program, whose jar is run
#   here     the directory of the launcher, absolute
# and call find_program, prepare and, to end, run.

fail() {
  printf '%s: %s\n' "$program" "$1" >&2
  exit 1
}

# The next opened file would get the number of a closed stream. A closed standard output is replaced
# by one that cannot be written, which the program reports.
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

# Checks the version of Java. Sets version, or leaves it empty where nothing says it, and has_vectors.
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

# Has Java take classes from an archive that earlier runs have left, ready to use, which halves the
# time that a command takes. There is one archive for each Java and set of jars, in the user's cache.
# The first command starts a process that makes it, at the lowest priority, and does not wait: it
# runs as fast as without, and whatever goes wrong there is not its concern. Made at the end of the
# first command, the archive would keep its user waiting; made when the program is built, it would
# not fit the Java that runs the program. $TSDB_CLASS_CACHE can be 'off', or 'wait'.
#
# $1: the class whose run shows which classes commands need
share_classes() {
  cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
  if [ -z "$cache" ] || [ "${TSDB_CLASS_CACHE:-}" = off ]; then
    return 0
  fi
  # Java compares sizes and times of the jars, too, so an archive of others would be of no use.
  # shellcheck disable=SC2012  # what ls prints is compared, not read
  key=$(LC_ALL=C ls -Lnl -- "$java" "$lib"/*.jar 2>/dev/null | cksum) || return 0
  archive=$cache/tsdb/$program-${version:-0}-${key%% *}.jsa
  # Mapped where it was made for, an archive needs no corrections. Java writes no file for tools that
  # watch it, and compiles only what runs often in the time of a short command.
  sharing='-XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:-UsePerfData'
  sharing="$sharing -XX:CompileThresholdScaling=4"
  # An empty file says that it could not be made, for a day.
  if [ ! -s "$archive" ] && { [ ! -e "$archive" ] || [ -n "$(find "$archive" -mtime +0)" ]; }; then
    if [ "${TSDB_CLASS_CACHE:-}" = wait ]; then
      (make_archive "$1") </dev/null >/dev/null 2>&1 || :
    else
      # A child of a child is nobody's zombie.
      ( (make_archive "$1") & ) </dev/null >/dev/null 2>&1
    fi
  fi
  if [ ! -s "$archive" ] || [ ! -r "$archive" ]; then
    archive=
    sharing=
  elif [ -n "$archive" ]; then
    # An archive that does not fit is passed over in silence.
    sharing="$sharing -Xlog:cds=off -Xlog:cds+dynamic=off -Xlog:class+path=off"
  fi
}

# Runs Java with the options of later commands, when there is nothing else to do.
idly() {
  # shellcheck disable=SC2086  # the options are meant to be split
  nice -n 19 "$java" -XX:+UseSerialGC $quick $sharing "$@"
}

# Makes the archive under another name and has it written to the disk, so that there is a whole one
# or none: Java would crash on a part. If Java cannot make it,
# an empty file takes its place.
make_archive() {
  trap '' HUP INT
  umask 077
  mkdir -p "$cache/tsdb" || return 0
  lock=$archive.lock
  if ! mkdir "$lock"; then
    # Another process makes it, or was killed ten minutes ago or earlier.
    [ -z "$(find "$lock" -prune -mmin +10)" ] || rmdir "$lock"
    return 0
  fi
  part=$archive.$$
  trap 'rm -rf "$part" "$part.all" "$part.list" "$lock"' EXIT
  trap 'exit 1' TERM
  # Java cannot store the classes of picocli, which are for Java 5, once something has linked them:
  # lines that would have it do so are left out.
  if idly -XX:DumpLoadedClassList="$part.all" -cp "$jar" "$1" \
    && sed -e '/^@cp /d' -e '/^@lambda-proxy.*picocli/d' "$part.all" >"$part.list" \
    && idly -Xshare:dump -XX:SharedClassListFile="$part.list" -XX:SharedArchiveFile="$part" \
      -cp "$jar" \
    && [ -s "$part" ] && { sync "$part" || sync; }; then
    mv -f "$part" "$archive"
  else
    : >"$archive"
  fi
  find "$cache/tsdb" -type f -name "$program-*" -mtime +90 -exec rm -f {} +
}

# Drops one line of Java's own from what it reads, if that is the first: that the module for vectors
# is incubating. All others are handed on as they come, whole or not.
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

# Has Java compute with vectors where it has the module for them. No option keeps Java from saying
# that the module is incubating, before any code of the program runs. So Java's standard error is a
# pipe; the program itself writes to the real one, which it finds under the number 8. Java is still
# the process of this script: it gets its signals, and its exit code is the script's.
use_vectors() {
  vectors=
  [ -n "$has_vectors" ] || return 0
  vectors='--add-modules=jdk.incubator.vector'
  pipe=$(mktemp -d 2>/dev/null) || return 0
  if mkfifo "$pipe/err" 2>/dev/null; then
    (
      trap '' HUP INT TERM
      drop_warning
    ) <"$pipe/err" >&2 &
    exec 8>&2 2>"$pipe/err"
    vectors="$vectors --add-opens=java.base/java.io=ALL-UNNAMED -Dtsdb.stderr=8"
  fi
  rm -rf "$pipe"
}

# Replaces this process by Java. Options of this script come before those of the user.
#
# $@: the arguments of the program
run() {
  # shellcheck disable=SC2086  # the options are meant to be split
  exec "$java" $options $quick $vectors $sharing ${archive:+"-XX:SharedArchiveFile=$archive"} \
    ${TSDB_JAVA_OPTIONS:-} \
    -Dtsdb.home="$home" -Dtsdb.program="$0" -jar "$jar" "$@"
}
