package policies["corner-shop"]

# What the text is silent on: nearly everything.

exclusions := set()

missing := set()

holds := set()

reversals := set()

exceptions := set()

restorations := set()

contested_reviews := set()

contested_bars := set()

agreements := set()

faults := set()

bars := set()

reviews := set()

retentions := set()

bonus_removals := set()

outages := set()

cancellations := set()

duties := set()

service_credits := set()

service_bars := set()

warnings := set()

readings := set()

overlays := set()

consents := set()

amendments := set()
