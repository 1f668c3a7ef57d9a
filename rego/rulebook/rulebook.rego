# METADATA
# title: The rulebook
# description: >-
#   What refund policies say, each finding once. A policy's clauses name the codes of the findings that they are the
#   ground of; a finding whose code no clause names is never made: `input.grounds` holds the citation of each code that is
#   named. A policy's own rules, in its own folder, belong to this package too.
# scope: package
package rulebook

# What is asked for decides how much of the form is: a request that contests deductions is that, whatever it asks.
_asks_for := "CONTESTED" if {
	input.request.contested
} else := input.request.remedy
