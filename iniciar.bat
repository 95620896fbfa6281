@echo off
rem Para quem nao usa o terminal: instala, importa uma pasta de arquivos exportados do app e abre a planilha.
rem Uso: duplo clique, ou arraste a pasta para cima deste arquivo. O mesmo que iniciar.sh faz.
rem Sem acentos: o Prompt de Comando antigo os mostraria errados.
setlocal
cd /d "%~dp0"
set "PYTHONUTF8=1"
set "CODE=1"
if exist ".venv\Scripts\nubank.exe" if exist ".venv\installed" goto collect

set "PY="
for %%V in (3.13 3.12 3.11) do if not defined PY py -%%V -c "" >nul 2>nul && set "PY=py -%%V"
if not defined PY python -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" >nul 2>nul && set "PY=python"
if not defined PY goto nopython

echo Instalando na pasta .venv (so na primeira vez; leva alguns minutos e precisa de internet)...
%PY% -m venv .venv || goto notinstalled
.venv\Scripts\python.exe -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock || goto notinstalled
.venv\Scripts\python.exe -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . || goto notinstalled
type nul > .venv\installed

:collect
set "FOLDER=%~1"
if defined FOLDER goto import
echo Em que pasta estao os arquivos CSV e OFX exportados do app do Nubank?
set /p "FOLDER=Pasta (Enter para %USERPROFILE%\Downloads): "
if not defined FOLDER set "FOLDER=%USERPROFILE%\Downloads"
set "FOLDER=%FOLDER:"=%"
echo.

:import
.venv\Scripts\nubank.exe import "%FOLDER%" || echo O que foi citado acima nao foi importado; o resto, sim.
echo.
.venv\Scripts\nubank.exe run --open
set "CODE=%ERRORLEVEL%"
goto finish

:nopython
echo Falta o Python 3.11, 3.12 ou 3.13. Instale-o de https://www.python.org/downloads/ e tente de novo.
goto finish

:notinstalled
echo A instalacao nao terminou. Confira a internet e o espaco em disco e tente de novo.

:finish
echo.
pause
exit /b %CODE%
