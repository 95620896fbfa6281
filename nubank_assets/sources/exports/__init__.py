"""Files a person exports from the Nubank app.

`recognition` says what a file is, `reader` reads it, `names` says what its name tells. The rest of this
package is how.
"""
