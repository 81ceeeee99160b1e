@echo off
rem Runs tsdb or tsdb-server, whichever this file is named.
setlocal
set "home=%~dp0.."
set "module=tsdb-client"
set "options=-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
rem Short commands start faster without the second compiler; long ones need it.
:words
if "%~1"=="" goto :start
for %%v in (import verify restore vantage-points demo) do if "%~1"=="%%v" set "options=-XX:+UseSerialGC"
shift /1
goto :words
:start
if "%~n0"=="tsdb-server" (
  set "module=tsdb-server"
  set "options=--add-modules=jdk.incubator.vector"
)
set "jar=%home%\lib\%module%.jar"
if not exist "%jar%" goto :incomplete
set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
if "%java%"=="java" where /q java || goto :nojava
"%java%" %options% %TSDB_JAVA_OPTIONS% "-Dtsdb.home=%home%" "-Dtsdb.program=%~n0" -jar "%jar%" %*
exit /b %errorlevel%

:incomplete
echo %~n0: the installation must be whole: there is no "%jar%" 1>&2
exit /b 1

:nojava
echo %~n0: Java 17 or later is needed: found none in JAVA_HOME or on the PATH 1>&2
exit /b 1
