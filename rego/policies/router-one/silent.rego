package policies["router-one"]

# What the text is silent on: no exception beyond the policy for an outage.

outages := set()
