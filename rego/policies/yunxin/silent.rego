package policies.yunxin

# What the text is silent on: agreements, credits for outages, and credits restored without a review.

agreements := set()

faults := set()

service_credits := set()

restorations := set()
