@echo off
rem Runs the program after which this file is called: tsdb or tsdb-server.
setlocal
set "home=%~dp0.."
set "module=tsdb-client"
set "options=-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
rem Short commands start faster without the second compiler; long ones need it.
for %%v in (import verify restore vantage-points demo) do if "%~1"=="%%v" set "options=-XX:+UseSerialGC"
if "%~n0"=="tsdb-server" (
  set "module=tsdb-server"
  set "options=--add-modules=jdk.incubator.vector"
)
set "jar=%home%\lib\%module%.jar"
if not exist "%jar%" (
  echo %~n0: the installation must be whole: there is no %jar% 1>&2
  exit /b 1
)
set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
"%java%" %options% %TSDB_JAVA_OPTIONS% "-Dtsdb.home=%home%" "-Dtsdb.program=%~n0" -jar "%jar%" %*
exit /b %errorlevel%
