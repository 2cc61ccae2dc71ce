using System.Text.Json;

namespace CrisisOps.Server.Problems;

/// <summary>Nulls inside lists: nullable annotations do not reach there, and no list of a command may hold one.</summary>
public static class ListNulls
{
    /// <summary>The member whose list holds a null, or null if there is none.</summary>
    /// <param name="json">A body that was read as an object before.</param>
    public static string? Find(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("null"u8) < 0)
        {
            return null;
        }

        var reader = new Utf8JsonReader(json);
        var member = "$";
        var insideList = new Stack<bool>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                    member = reader.GetString()!;
                    break;
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    insideList.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    insideList.Pop();
                    break;
                case JsonTokenType.Null when insideList.TryPeek(out var list) && list:
                    return member;
            }
        }

        return null;
    }
}
