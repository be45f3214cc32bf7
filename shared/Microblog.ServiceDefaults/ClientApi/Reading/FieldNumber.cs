using System.Globalization;

namespace Microblog.ServiceDefaults.ClientApi.Reading;

/// <summary>Whole numbers as clients send them.</summary>
internal static class FieldNumber
{
    /// <summary>False for what is no whole number. One beyond 64 bits is clamped, and says so.</summary>
    public static bool TryParse(string text, out long number, out bool isBeyond)
    {
        isBeyond = false;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            return true;

        var digits = text.AsSpan().TrimStart('-');
        if (digits.IsEmpty || text.Length - digits.Length > 1 || digits.ContainsAnyExceptInRange('0', '9'))
            return false;

        isBeyond = true;
        number = text[0] == '-' ? long.MinValue : long.MaxValue;
        return true;
    }
}
