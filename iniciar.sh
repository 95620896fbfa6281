#!/usr/bin/env bash
# Para quem não usa o terminal: instala, importa uma pasta de arquivos exportados do app e abre a planilha.
# Uso: ./iniciar.sh [PASTA]. Funciona em Linux e macOS (bash 3.2 ou mais novo).
set -u
here="${BASH_SOURCE[0]%/*}"
[ "$here" = "${BASH_SOURCE[0]}" ] && here=.
cd "$here" || exit 1

finish() {
  printf '\n%s' "Aperte uma tecla para fechar."
  read -r -s -n 1 _ || true
  printf '\n'
  exit "$1"
}

find_python() {
  local name
  for name in python3.13 python3.12 python3.11 python3 python; do
    if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1; then
      printf '%s' "$name"
      return 0
    fi
  done
  return 1
}

install() {
  local python
  if ! python=$(find_python); then
    echo "Falta o Python 3.11, 3.12 ou 3.13. Instale-o de https://www.python.org/downloads/ e tente de novo."
    return 1
  fi
  echo "Instalando na pasta .venv (só na primeira vez; leva alguns minutos e precisa de internet)..."
  if "$python" -m venv .venv &&
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
      -r requirements.lock &&
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . &&
    touch .venv/installed; then
    return 0
  fi
  echo "A instalação não terminou. Confira a internet e o espaço em disco e tente de novo."
  echo "No Debian e no Ubuntu pode faltar um pacote: sudo apt install python3-venv"
  return 1
}

if [ ! -x .venv/bin/nubank ] || [ ! -e .venv/installed ] || [ requirements.lock -nt .venv/installed ]; then
  install || finish 1
fi

folder="${1:-}"
if [ -z "$folder" ]; then
  echo "Em que pasta estão os arquivos CSV e OFX exportados do app do Nubank?"
  printf '%s' "Pasta (Enter para $HOME/Downloads): "
  read -r folder || true
  # Uma pasta arrastada para o terminal pode vir entre aspas e com um espaço no fim.
  folder="${folder%"${folder##*[![:space:]]}"}"
  folder="${folder#[\"\']}"
  folder="${folder%[\"\']}"
  case "$folder" in
    '') folder="$HOME/Downloads" ;;
    '~') folder="$HOME" ;;
    '~/'*) folder="$HOME/${folder#??}" ;;
  esac
  echo
fi

.venv/bin/nubank import "$folder" || echo "O que foi citado acima não foi importado; o resto, sim."
echo
.venv/bin/nubank run --open
finish $?
