# METADATA
# title: The exports of the policy that judges
# scope: package
package rulebook

exclusions := data.policies[input.rules].exclusions

missing := data.policies[input.rules].missing

holds := data.policies[input.rules].holds

reversals := data.policies[input.rules].reversals

exceptions := data.policies[input.rules].exceptions

restorations := data.policies[input.rules].restorations

contested_reviews := data.policies[input.rules].contested_reviews

contested_bars := data.policies[input.rules].contested_bars

agreements := data.policies[input.rules].agreements

faults := data.policies[input.rules].faults

bars := data.policies[input.rules].bars

grants := data.policies[input.rules].grants

windows := data.policies[input.rules].windows

refusals := data.policies[input.rules].refusals

reviews := data.policies[input.rules].reviews

entitlements := data.policies[input.rules].entitlements

deductions := data.policies[input.rules].deductions

losses := data.policies[input.rules].losses

retentions := data.policies[input.rules].retentions

bonus_removals := data.policies[input.rules].bonus_removals

outages := data.policies[input.rules].outages

cancellations := data.policies[input.rules].cancellations

duties := data.policies[input.rules].duties

service_credits := data.policies[input.rules].service_credits

service_bars := data.policies[input.rules].service_bars

warnings := data.policies[input.rules].warnings

readings := data.policies[input.rules].readings

proportions := data.policies[input.rules].proportions

overlays := data.policies[input.rules].overlays

consents := data.policies[input.rules].consents

amendments := data.policies[input.rules].amendments
