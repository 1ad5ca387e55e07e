"""The sample conversations: invented, in French and English, ours (CC BY 4.0)."""
